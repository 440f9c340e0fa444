import { lettersOf } from '../mapping/columns.js';
import type { ColumnRole } from './column-words.js';

/** Numbers that say how much there should be, was, or is spoken for, and what it is worth. */
const notCounts =
  'min max safety reorder target reserv committed allocat blocked damaged soll mindest melde hochst hoechst sicherheit opening initial begin previous last anfang vorher value valuation amount revenue turnover cost price dollars wert umsatz preis valeur montant prix valor importe precio valore importo prezzo preco waarde omzet prijs vardi verdi arvo wartosc hodnota cena ertek tutar fiyat kritik days weeks tage wochen percent totalsales netsales grosssales мин макс резерв стоимость сумма выручка 最低 最高 安全 金額 原価 引当 金额 成本 预留 최소 최대 안전 금액 원가';

/** Who bought, sold, made or entered something. */
const people =
  'buyer customer client kunde comprador acheteur cliente klient покупатель клиент vendor supplier lieferant fournisseur proveedor fornecedor fornitore dostawca leverantor поставщик user benutzer usuario utente cashier kassier cajero employee mitarbeiter empleado vendedor vendeur company firma manufacturer hersteller 顧客 客户 担当 고객';

/**
 * Parts of a column's name, by letters alone, that say that it is not for the role that its other words tell: an opening
 * stock is no stock, a cost price no price, an expiry date no time of a count. Names that stand whole among a role's words
 * are not looked at.
 */
const otherWords: Partial<Record<ColumnRole, string>> = {
  current_stock: `${notCounts} sold sales moved received`,
  quantity_delta: `${notCounts} open onhand`,
  unit_price:
    'cost purchase buying einkauf ekpreis achat revient compra costo coste acquisto custo inkoop inkop indkob innkjop zakup nakup nakladova beszerzes alisfiyat total закуп себестоимость сумма 仕入 原価 金額 进价 成本 金额 매입 원가 금액',
  event_time:
    'expir bestbefore bestby useby sellby haltbar verfall ablauf mhd peremption caducidad vencimiento scadenza validade houdbaar utgang udlob utlop waznosci spotreby lejarat sonkullanma delivery liefer livraison entrega consegna due birth geburt launch годност поставк 期限 納品 保质期 到期 유통기한 입고',
  product_id: `count quantity qty type group category gruppe payment orderitem orderline department brand segment 分類 分类 カテゴリ ${people}`,
  product_name: `category kategor catégor currency shipping envio location seller ${people}`,
  store_id: 'inventory stock quantity qty bestand lagerwert',
};

const wordsOf = new Map(
  Object.entries(otherWords).map(([role, words]): [string, readonly string[]] => [
    role,
    words.split(' ').map(lettersOf),
  ]),
);

/** Returns whether the name of a column says that it is for something else than the role. */
export const isForOther = (letters: string, role: ColumnRole): boolean =>
  wordsOf.get(role)?.some((word) => letters.includes(word)) === true;
