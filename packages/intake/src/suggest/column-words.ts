import { lettersOf } from '../mapping/columns.js';
import type { MappedField } from '../mapping/document.js';

/** What a column may be for: a field, or something that a mapping needs beside its fields. */
export type ColumnRole = MappedField | 'clock' | 'customer' | 'receipt' | 'unit';

/**
 * Words that people write over columns, by letters alone, in English, German, French, Spanish, Italian, Portuguese, Dutch,
 * Swedish, Norwegian, Danish, Finnish, Polish, Czech, Hungarian, Turkish, Russian, Ukrainian, Greek, Japanese, Chinese and Korean.
 * A role's first words are the surest.
 */
export const columnWords: readonly (readonly [ColumnRole, readonly string[]])[] = byLetters<ColumnRole>([
  ['event_id', 'eventid'],
  [
    'event_type',
    'eventtype movementtype transactiontype movement bewegungsart buchungsart vorgang typemouvement mouvement tipomovimiento movimiento tipomovimento movimento mutatie transaktionstyp type art typ tipo soort tyyppi rodzaj tur операция типоперации движение операція κινηση 取引区分 区分 種別 类型 交易类型 類型 구분 유형',
  ],
  [
    'event_time',
    'eventtime timestamp datetime countedat counted updatedat asof soldat createdat postingdate transactiondate saledate orderdate invoicedate date time stand stichtag datum zeitpunkt zeit buchungsdatum budat bondatum verkaufsdatum horodatage dateheure heure fecha fechahora hora dataora data dato tidspunkt tid paivamaara paiva aika czas datumcas idopont tarih zaman day tag jour dia giorno датаивремя дата время час ημερομηνια 日時 年月日 日付 売上日 販売日 棚卸日 时间 日期 時間 销售日期 날짜 일자 일시 판매일',
  ],
  [
    'store_id',
    'storeid shopid branchid locationid storenumber storeno storenbr store shop branch location warehouse outlet site sourcecode filiale filialnr filialnummer filial lagerort lager laden markt standort werk werks magasin boutique depot entrepot tienda sucursal almacen negozio magazzino puntovendita loja armazem winkel vestiging magazijn butik butikk varasto myymala kauppa sklep magazyn prodejna sklad bolt raktar magaza sube depo кодмагазина магазин торговаяточка филиал склад καταστημα αποθηκη 店舗コード 店舗 店番 倉庫 门店编号 门店 店铺 店舖 仓库 매장코드 매장 점포 지점 창고',
  ],
  [
    'store_name',
    'storename shopname branchname locationname filialname nommagasin nombretienda названиемагазина 店舗名 店名 门店名称 매장명',
  ],
  [
    'product_id',
    'productid sku itemid variantid itemnumber itemno itemnbr articleno articlenumber productcode ean gtin upc barcode artikelnr artikelnummer artnr produktnr materialnummer material matnr codearticle codeproduit codebarres reference ref referencia codigoproducto codprod codproduto codigodoproduto codigo codicearticolo codice artikelcode varenr varenummer tuotenumero tuotekoodi indekstowaru indeks kodtowaru kod cikkszam urunkodu stokkodu item article product artikel produkt articulo producto articolo prodotto produto tuote towar zbozi urun stockcode артикул штрихкод кодтовара номенклатура код товар κωδικος ειδος 商品コード 商品番号 品番 商品编码 商品编号 货号 型号 条码 商品 상품코드 품번 바코드 상품',
  ],
  [
    'product_name',
    'productname itemname menuitem articlename title bezeichnung artikelbezeichnung produktname artikelname designation libelle nomproduit denominazione descrizione nombreproducto descripcion descricao omschrijving productnaam benamning varunamn varenavn tuotenimi nazwatowaru nazwa nazev megnevezes urunadi description name nom nombre nome naam navn namn nimi maktx materialkurztext materialdescription наименование наименованиетовара название имя назватовару περιγραφη 商品名 品名 商品名称 产品名称 名称 상품명 품명',
  ],
  [
    'category',
    'category categoryname department productgroup warengruppe kategorie sortiment categorie rayon famille categoria departamento reparto familia productgroep groep varugrupp varegruppe kategori tuoteryhma ryhma kategoria grupa kategorie csoport group dept категория категорія группатоваров κατηγορια カテゴリ カテゴリー 部門 商品分類 商品カテゴリ 分類 类别 分类 品类 카테고리 분류',
  ],
  [
    'current_stock',
    'currentstock quantityonhand qtyonhand onhand stockonhand instock unrestricted freiverwendbar stocklevel stockqty soh lagerbestand istbestand bestand stockactuel existencias giacenza disponibilita estoque voorraad lagersaldo lagerbeholdning beholdning varastosaldo stanmagazynowy stan zasoba keszlet stokmiktari stok stock available inventory disponible saldo quantity qty menge anzahl stueck quantite qte cantidad cant quantita quantidade qtd qtde qt aantal antal antall maara ilosc mnozstvi mennyiseg miktar units остаток остатки залишок наличие αποθεμα 在庫数 在庫 現在庫 库存数量 库存 庫存 재고수량 재고 labst количество кількість колво ποσοτητα 数量 個数 수량',
  ],
  [
    'quantity_delta',
    'quantitydelta quantitysold qtysold unitssold unitsales soldquantity sold verkaufsmenge verkauft absatz abverkauf quantitevendue vendu vendus ventes unidadesvendidas vendido vendidas ventas venduto vendite verkocht salda solgt myyty sprzedane prodano eladott satilan sales change delta продано реализовано продажи πωλησεις 販売数 販売数量 売上数 売上数量 销量 销售数量 售出 판매수량 판매량',
  ],
  [
    'unit_price',
    'unitprice retailprice sellingprice saleprice regularprice verkaufspreis vkpreis stueckpreis einzelpreis prixunitaire prixvente preciounitario pvp prezzounitario precounitario precovenda pvenda verkoopprijs price preis prix precio prezzo preco prijs pris hinta cena ar fiyat vk розничнаяцена цена ціна τιμη 単価 売価 価格 单价 售价 价格 단가 판매가 가격',
  ],
  [
    'min_threshold',
    'minthreshold thresholdlevel reorderpoint reorderlevel minstock minimumstock safetystock minbe eisbe lowstockamount lowstock threshold meldebestand mindestbestand stockminimum stockmin seuil stockminimo puntodepedido scortaminima estoqueminimo minimumvoorraad minvoorraad minlager minstan min minimum точказаказа минимальныйостаток миностаток ελαχιστοαποθεμα 発注点 最低在庫 安全在庫 再订货点 最低库存 安全库存 발주점 안전재고 최소재고',
  ],
  [
    'on_order',
    'onorder qtyonorder onpurchase incoming intransit inbound ordered bestellt unterwegs zulauf encommande enpedido inordine encomendado inbestelling ibestilling bestilt bestalld tilattu zamowione впути заказано 発注残 入荷予定 在途 발주잔량 입고예정',
  ],
  [
    'city',
    'city town stadt ort ville ciudad citta cidade stad kaupunki miasto mesto varos sehir город місто πολη 都市 城市 도시',
  ],
  [
    'region',
    'region state province county bundesland provincia kanton регион область 都道府県 地域 省份 지역',
  ],
  ['country', 'countrycode country land pays pais paese kraj ulke страна країна χωρα 国 国家 국가'],
  ['latitude', 'latitude lat'],
  ['longitude', 'longitude lng lon'],
  [
    'receipt',
    'receiptid receiptno receipt invoiceno invoicenumber invoice transactionid orderid orderno ordernumber ordernr orderkey salesorder ticket bonnr bon belegnr beleg rechnungsnr auftragsnr bestellnr bestellnummer facture numerocommande factura numerodeorden numeroorden notafiscal numnota numped scontrino numeroordine bonnummer kvitto bilag paragon номерчека номерзаказа чек αποδειξη 伝票番号 レシート番号 注文番号 小票号 订单号 订单编号 영수증번호 주문번호',
  ],
  [
    'customer',
    'customerid customerkey customerno customer customername buyer buyername kunde kundennr kundennummer kundenname client clientid nomclient cliente clienteid codigocliente nombredelcomprador comprador klant kund asiakas klient zakaznik vevo musteri покупатель клиент πελατης 顧客 会員 客户 会员 고객',
  ],
  [
    'unit',
    'unitofmeasure uom unit einheit mengeneinheit me meins unite unidad unita eenheid enhet enhed yksikko jednostka mertekegyseg birim едизм единица ед μοναδα 単位 单位 단위',
  ],
]);

/** Words of tills and ledgers for what happened, by letters alone. */
export const movementWords: readonly (readonly [string, readonly string[]])[] = byLetters([
  [
    'sale',
    'sale sales sold vk verkauf verkauft vente venta vendita venda verkoop salg forsaljning myynti sprzedaz prodej eladas satis s продажа реализация продаж πωληση 販売 売上 销售 판매',
  ],
  [
    'return',
    'return returned refund rt rk retoure retour ruckgabe rueckgabe gutschrift devolucion reso devolucao retur palautus zwrot vraceni visszaru iade r возврат повернення επιστροφη 返品 退货 반품',
  ],
  [
    'restock',
    'restock receipt received delivery purchase we wareneingang lieferung zugang reception livraison recepcion entrada ricevimento carico ontvangst levering inleverans varemottak saapuminen przyjecie prijem beerkezes giris in поступление приход приемка надходження παραλαβη 入荷 仕入 入库 进货 입고',
  ],
  [
    'shrinkage',
    'shrinkage loss waste damaged theft schwund bruch verderb abschreibung perte casse merma perdita quebra derving svinn svind havikki strata ztrata списание недостача порча 廃棄 ロス 报损 损耗 폐기',
  ],
  [
    'adjustment',
    'adjustment correction korrektur umbuchung ajuste ajustement rettifica correctie justering korekta oprava корректировка коригування 調整 调整 조정',
  ],
  [
    'stock_count',
    'stockcount count inventory inventur zahlung zaehlung inventaire inventario telling inventering varetelling inventointi inwentaryzacja inventura leltar sayim инвентаризация απογραφη 棚卸 盘点 실사 재고조사',
  ],
]);

/** Words for a number of pieces that do not say whether they are there, or were sold. */
export const quantityWords: ReadonlySet<string> = new Set(
  lettersOfEach(
    'quantity qty menge anzahl stueck quantite qte cantidad cant quantita quantidade qtd qtde qt aantal antal antall maara ilosc mnozstvi mennyiseg miktar units количество кількість колво ποσοτητα 数量 個数 수량',
  ),
);

/** A number of pieces on a shelf, whatever else its name says. */
const onShelf =
  /stock|hand|avail|invent|current|bestand|lager|closing|physical|disponib|existenc|estoque|giacenza|voorraad|saldo|остат/;

/** Returns whether a column's name, by letters alone, is a word for a number of pieces, or begins or ends with one. */
export function namesQuantity(letters: string): boolean {
  if (quantityWords.has(letters)) return true;
  if (onShelf.test(letters)) return false;
  const isPart = (word: string): boolean =>
    word.length >= 4 && (letters.startsWith(word) || letters.endsWith(word));
  return [...quantityWords].some(isPart);
}

/** Words for sales that may be pieces, or what was paid for them. */
export const moneyWords: ReadonlySet<string> = new Set(
  lettersOfEach('sales ventes ventas vendas vendite absatz продажи πωλησεις 売上 판매'),
);

/** Words for a single piece. */
export const pieceWords: ReadonlySet<string> = new Set(
  lettersOfEach(
    'pc pcs piece pieces ea each unit units u st stk stck stuck stueck pce piece pza ud uds pz pezzo un stuks szt ks db ad adet kpl шт штука штуки τεμ 個 本 枚 点 个 件 개',
  ),
);

function lettersOfEach(words: string): readonly string[] {
  return words.split(' ').map(lettersOf);
}

function byLetters<Meaning extends string>(
  lists: readonly (readonly [Meaning, string])[],
): readonly (readonly [Meaning, readonly string[]])[] {
  return lists.map(([meaning, words]) => [meaning, lettersOfEach(words)]);
}
