import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  compileMapping,
  presets,
  RecordSource,
  suggestMapping,
  type MappedRecord,
  type SourceRecord,
} from '../src/index.js';

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly SourceRecord[];
}

/** The header and rows of a text. */
function table(bytes: Uint8Array, encoding?: string): Table {
  let columns: readonly string[] = [];
  const source = new RecordSource({
    format: 'csv',
    encoding,
    onHeader: (header) => {
      columns = header;
      return (fields) => Object.fromEntries(header.map((name, index) => [name, fields[index]]));
    },
  });
  const items = [...source.push(bytes), ...source.end()];
  // Every row of these texts has its fields.
  return { columns, rows: items.map(({ value }) => value as SourceRecord) };
}

/** What the suggested mapping makes of the rows it was suggested from. */
function tested(
  { columns, rows }: Table,
  delimiter = ',',
): {
  readonly notes: readonly string[];
  readonly first: unknown;
  readonly results: readonly MappedRecord[];
  readonly missing: readonly string[];
} {
  const { document, notes, missing } = suggestMapping({ name: 'file', columns, rows, file: { delimiter } });
  const run = compileMapping(document).start({ columns, asOfMs: Date.parse('2026-03-02T06:00:00Z') });
  const results = rows.map((row) => run.read(row));
  return { notes, missing, results, first: results.flatMap(({ events }) => events)[0] };
}

test.each([
  ['in brackets, as accounts write it', '(2)', '(1,204.50)', -2],
  ['with the minus behind it, as SAP does', '2-', '1,204.50 EUR', -2],
  ['behind a wide minus', '\u22122', '1,204.50-', -2],
])('a number below zero %s is suggested as one', (_form, below, price, delta) => {
  const text = `Store;SKU;Date;Quantity Change;Type;Price\nA;1;2026-01-05 09:00;${below};adjustment;"${price}"\nA;2;2026-01-05 09:00;1,000;adjustment;5\n`;
  const { results } = tested(table(Buffer.from(text)), ';');
  const deltas = results.flatMap(({ events }) => events.map(({ quantity_delta }) => quantity_delta));
  expect(deltas).toEqual([delta, 1000]);
});

test('of receipts with amounts below zero in brackets, those are returns', () => {
  const text = 'Receipt;SKU;Date;Qty\n1;7;2026-01-05 09:00;3\n2;7;2026-01-05 10:00;(1)\n';
  const { results } = tested(table(Buffer.from(text)), ';');
  const events = results.flatMap((result) => result.events);
  expect(events.map(({ event_type, quantity_delta }) => [event_type, quantity_delta])).toEqual([
    ['sale', -3],
    ['return', 1],
  ]);
});

test.each([
  [
    'Russian stock list',
    'Магазин;Артикул;Наименование;Категория;Розничная цена;Остаток;Мин. остаток;Дата\nГУМ;0042;Молоко;Напитки;89,90 руб.;1 204;50;31.01.2026\nГУМ;0043;Хлеб;;45 ₽;7;5;31.01.2026\n',
    {
      store_id: 'ГУМ',
      product_id: '0042',
      product_name: 'Молоко',
      unit_price: 89.9,
      current_stock: 1204,
      min_threshold: 50,
    },
  ],
  [
    'Japanese stock list',
    '店舗コード,商品コード,商品名,部門,売価,在庫数,発注点,棚卸日\nT01,4901234567894,牛乳 1L,飲料,198円,12,20,2026年1月31日\nT02,4901234567894,牛乳 1L,飲料,198円,3,20,2026年1月31日\n',
    {
      store_id: 'T01',
      product_id: '4901234567894',
      product_name: '牛乳 1L',
      category: '飲料',
      unit_price: 198,
      current_stock: 12,
      min_threshold: 20,
      event_time: '2026-01-31T12:00:00.000Z',
    },
  ],
  [
    'Chinese stock list',
    '门店,货号,名称,单价,库存,最低库存,日期\n南京路,A-7,牛奶,¥12.50,8,10,2026/1/31\n',
    {
      store_id: '南京路',
      product_id: 'A-7',
      product_name: '牛奶',
      unit_price: 12.5,
      current_stock: 8,
      min_threshold: 10,
    },
  ],
  [
    'Korean stock list',
    '매장,품번,상품명,단가,재고,안전재고,일자\n강남,K-77,우유,"2,500원",8,10,2026. 1. 31.\n강남,K-78,빵,"12,500원",1204,10,2026. 1. 31.\n',
    {
      store_id: '강남',
      product_id: 'K-77',
      product_name: '우유',
      unit_price: 2500,
      current_stock: 8,
      min_threshold: 10,
    },
  ],
  [
    'Greek stock list',
    'Κατάστημα;Κωδικός;Περιγραφή;Τιμή;Απόθεμα;Ημερομηνία\nΑθήνα;0042;Γάλα;1,20 €;8;31/01/2026\n',
    { store_id: 'Αθήνα', product_id: '0042', product_name: 'Γάλα', unit_price: 1.2, current_stock: 8 },
  ],
  [
    'Brazilian prices',
    'Loja;Código;Descrição;Preço;Estoque;Data\nCentro;0042;Leite;R$ 12,90;8;31/01/2026\nCentro;0043;Queijo;R$ 1.204,00;7;31/01/2026\n',
    { store_id: 'Centro', product_id: '0042', unit_price: 12.9, current_stock: 8 },
  ],
  [
    'Swedish prices',
    'Butik;Artikelnr;Benämning;Pris;Lagersaldo;Datum\nMalmö;0042;Mjölk;12,90 kr;8;2026-01-31\nMalmö;0043;Ost;89,- kr;7;2026-01-31\n',
    { store_id: 'Malmö', product_id: '0042', unit_price: 12.9, current_stock: 8 },
  ],
])('a %s is told by the words of its header, and no row is refused', (_name, text, expected) => {
  const { first, results, missing } = tested(table(Buffer.from(text)), text.includes(';') ? ';' : ',');
  expect(missing).toEqual([]);
  expect(first).toMatchObject(expected);
  expect(results.flatMap(({ rejected }) => rejected)).toEqual([]);
});

test.each([
  [
    'German stock list',
    'Filiale;Artikelnr.;Artikelbezeichnung;Warengruppe;VK-Preis;Bestand;Meldebestand;Stichtag\nGraz 1;0042;Müsli 500 g;Frühstück;3,49;1.204;50;31.01.2026 18:00\nGraz 1;0043;Honig;;12,00;7;5;31.01.2026 18:00\n',
    {
      store_id: 'Graz 1',
      product_id: '0042',
      product_name: 'Müsli 500 g',
      category: 'Frühstück',
      unit_price: 3.49,
      current_stock: 1204,
      min_threshold: 50,
      event_time: '2026-01-31T18:00:00.000Z',
      event_type: 'stock_count',
    },
  ],
  [
    'French sales',
    'Magasin;Code article;Libellé;Date;Quantité vendue;Prix unitaire\nLyon 2;A-7;Crème brûlée;28/02/2026;3;4,50\nLyon 2;A-8;Pain;01/03/2026;12;1,10\n',
    {
      event_type: 'sale',
      store_id: 'Lyon 2',
      product_id: 'A-7',
      quantity_delta: -3,
      unit_price: 4.5,
      event_time: '2026-02-28T12:00:00.000Z',
    },
  ],
  [
    'US till with types',
    'Store,SKU,Description,Type,Qty,Price,Date\n12,A-7,"Tray, 15""",Sale,3,$1.99,1/31/2026 5:07 PM\n12,A-7,"Tray, 15""",Return,1,$1.99,2/1/2026 9:00 AM\n',
    {
      event_type: 'sale',
      quantity_delta: -3,
      unit_price: 1.99,
      event_time: '2026-01-31T17:07:00.000Z',
      product_name: 'Tray, 15"',
    },
  ],
  [
    'Spanish stock with words and units',
    'Tienda;Referencia;Nombre;Existencias;Unidad\nMálaga;R-1;Aceite;12;caja\nMálaga;R-2;Sal;agotado;pieza\nMálaga;R-3;Pan;;pieza\n',
    { store_id: 'Málaga', product_id: 'R-1', current_stock: 12 },
  ],
  [
    'barcodes and a number, without words',
    'a,b\n4006381333931,8\n5901234123457,12\n',
    { product_id: '4006381333931', current_stock: 8, store_id: 'store-1' },
  ],
  [
    'Swedish stock, names with blanks and case',
    'BUTIK,ART NR,BENÄMNING,LAGER SALDO,PRIS\nMalmö,7,Bröd,"1 204","12,50"\nMalmö,8,Ost,3,"99,00"\n',
    { store_id: 'Malmö', product_id: '7', current_stock: 1204, unit_price: 12.5 },
  ],
  [
    'a minimum before the stock, in Czech',
    'Prodejna;Kód;Minimální zásoba;Množství;Datum\nBrno;C1;20;17;1.3.2026\n',
    { current_stock: 17, event_time: '2026-03-01T12:00:00.000Z' },
  ],
  [
    'an opening stock, a value and a maximum beside the closing stock',
    'Store,SKU,Opening stock,Stock value,Max stock,Closing stock,Expiry date,Date\nA,B,100,90,200,7,2027-01-31,2026-03-01\n',
    { current_stock: 7, event_time: '2026-03-01T12:00:00.000Z' },
  ],
  [
    'a cost price beside the price, and a date beside its time of day',
    'Filiale;Artikelnummer;Bestand;Einkaufspreis;Bruttopreis;Datum;Uhrzeit\nLinz;1;7;1,00;2,40;03.02.26;08:15\n',
    { current_stock: 7, unit_price: 2.4, event_time: '2026-02-03T08:15:00.000Z' },
  ],
  [
    'receipts with a quantity',
    'Receipt No,Date,Time,Item,Qty\n77,3/4/2026,2:05 PM,B,3\n78,3/14/2026,2:06 PM,B,1\n',
    { event_type: 'sale', quantity_delta: -3, event_time: '2026-03-04T14:05:00.000Z' },
  ],
])('%s is suggested so that its rows become events', (_, text, event) => {
  const { first, missing } = tested(table(Buffer.from(text)), text.includes(';') ? ';' : ',');
  expect(missing).toEqual([]);
  expect(first).toMatchObject(event);
});

test('what cannot be told is said: zone, day and month, packs, words, stores', () => {
  const text =
    'Artikel;Bestand;ME;Datum\nA-1;3;Karton;03/04/2026\nA-2;n/a;Stück;02/04/2026\nA-3;9;Stück;05/04/2026\nA-4;;Stück;05/04/2026\n';
  expect(tested(table(Buffer.from(text)), ';').notes).toMatchInlineSnapshot(`
    [
      "Day and month of "Datum" cannot be told apart: fields.event_time.format is d/M/yyyy, and could be M/d/yyyy.",
      "The times of "Datum" name no zone: fields.event_time.zone is UTC. Put the zone of your stores, such as Europe/Vienna.",
      "No column names a store: fields.store_id is "store-1". Put the name of yours.",
      "How many pieces "Karton", "Stück" of "ME" hold is not known: \`per\` says 1 for each.",
      "Rows whose "Bestand" is "n/a" are skipped.",
    ]
  `);
});

test('two counts of a shelf on one day are two events, and the same two when the file is sent again', () => {
  const file = table(Buffer.from('Store,SKU,Stock,Date\nA,B,7,2026-03-01\nA,B,6,2026-03-01\n'));
  const ids = () => tested(file).results.flatMap(({ events }) => events.map((event) => event.event_id));
  expect(new Set(ids()).size).toBe(2);
  expect(ids()).toEqual(ids());
});

test('few dates that are in order by chance are said to be of either form', () => {
  const text = 'Store,SKU,Stock,Date\nA,B,7,02/01/2026\nA,C,6,03/01/2026\nA,D,6,01/02/2026\n';
  expect(tested(table(Buffer.from(text))).notes.join()).toContain('cannot be told apart');
});

test('a quantity that does not say what it counts is noted', () => {
  const text = 'From store,To store,SKU,Qty,Date\nA,B,X1,5,2026-03-01\n';
  expect(tested(table(Buffer.from(text))).notes.join()).toContain('"Qty" is taken for the stock on hand');
});

test('a file with nothing to count is said to lack it', () => {
  const { missing } = suggestMapping({
    name: 'x',
    columns: ['Name', 'Colour'],
    rows: [{ Name: 'Milk', Colour: 'white' }],
  });
  expect(missing).toEqual(['current_stock']);
});

const folder = new URL('../samples/', import.meta.url);
test.each(readdirSync(folder).filter((file) => /\.(?:csv|txt)$/.test(file)))(
  '%s is known by its columns, or mapped',
  (file) => {
    const encoding = file.startsWith('uci') ? 'windows-1252' : undefined;
    const { columns, rows } = table(readFileSync(new URL(file, folder)), encoding);
    const { document } = suggestMapping({ name: 'file', columns, rows });
    const names = Object.values(presets).flat();
    if (!file.startsWith('odoo')) expect(names).toContainEqual(document);
    expect(tested({ columns, rows }).first).toBeDefined();
  },
);

/** Headers as shops and back offices write them, with rows of our own. */
test.each([
  [
    'stock of each store in columns that begin alike',
    'id,sku,name,description,retail_price,track_inventory,inventory_Main_Outlet,reorder_point_Main_Outlet,inventory_Airport,reorder_point_Airport\nz,10001,T-Shirt,,19.95,1,14.00000,5.00000,3.00000,2.00000\n',
    [
      {
        store_id: 'Main_Outlet',
        product_id: '10001',
        current_stock: 14,
        min_threshold: 5,
        unit_price: 19.95,
      },
      {
        store_id: 'Airport',
        product_id: '10001',
        product_name: 'T-Shirt',
        current_stock: 3,
        min_threshold: 2,
      },
    ],
  ],
  [
    'stock of each store in brackets, beside parts of sets',
    'SKU,Name,Default price,Quantity of included item,Price [Main],In stock [Main],Low stock [Main],Price [Airport],In stock [Airport],Low stock [Airport]\n10001,Milk,1.20,,1.20,12,4,1.40,,4\n',
    [{ store_id: 'Main', product_id: '10001', current_stock: 12, min_threshold: 4, unit_price: 1.2 }],
  ],
  [
    'stock of each store in columns that end alike',
    'Item No.;Oslo - Qty on hand;Bergen - Qty on hand\nA-7;4;5\n',
    [
      { store_id: 'Oslo', product_id: 'A-7', current_stock: 4 },
      { store_id: 'Bergen', product_id: 'A-7', current_stock: 5 },
    ],
  ],
  [
    'least and most beside the stock, which are no stores',
    'Store,SKU,Stock,Stock min,Stock max\nS1,A-7,4,2,9\n',
    [{ store_id: 'S1', product_id: 'A-7', current_stock: 4 }],
  ],
  [
    'stock beside open orders of customers',
    'productId,code,branchId,branchName,productName,available,stockOnHand,openSales,incoming\n1,ABC,2,Main,T-Shirt,2.0,9.0,7.0,15.0\n',
    [{ event_type: 'stock_count', store_id: '2', store_name: 'Main', current_stock: 9, on_order: 15 }],
  ],
  [
    'stock whose products are of the type Inventory',
    'Item Name,SKU,Rate,Reorder Point,Stock On Hand,Item Type,Warehouse Name\nDesk lamp,DL-1,INR 1250.00,5,7.00,Inventory,Head Office\n',
    [
      {
        event_type: 'stock_count',
        store_id: 'Head Office',
        product_id: 'DL-1',
        current_stock: 7,
        min_threshold: 5,
      },
    ],
  ],
  [
    'table of SAP under its technical names',
    'MANDT;MATNR;WERKS;LGORT;LABST;INSME\n100;000000000000001234;1000;0001;1.204,000 ;0,000 \n',
    [{ store_id: '1000', product_id: '000000000000001234', current_stock: 1204 }],
  ],
  [
    'list of SAP',
    'Werk;Name 1;Lagerort;Material;Materialkurztext;Frei verwendbar;Wert frei verw.\n1000;Hamburg;0001;1234;Schraube M6;12;120,40\n',
    [{ product_id: '1234', product_name: 'Schraube M6', current_stock: 12 }],
  ],
  [
    'list of sales whose SKU nobody filled in',
    'Location,Order Id,Order Date,Item Id,SKU,Menu Item,Net Price,Qty\nDowntown,1000001,3/22/26 11:40 AM,400,,Burger,12.00,1.0\n',
    [
      {
        event_type: 'sale',
        store_id: 'Downtown',
        product_id: '400',
        product_name: 'Burger',
        quantity_delta: -1,
      },
    ],
  ],
  [
    'list of sales with money and a quantity',
    'Row ID,Order ID,Order Date,Customer Name,Product ID,Product Name,Quantity,Sales,Profit\n1,CA-1,3/22/2026,Ann Lee,P-1,Lamp,2,40,8\n2,CA-1,3/23/2026,Ann Lee,P-2,Desk,1,261.96,41.91\n',
    [
      { event_type: 'sale', product_id: 'P-1', product_name: 'Lamp', quantity_delta: -2 },
      { event_type: 'sale', product_id: 'P-2', product_name: 'Desk', quantity_delta: -1 },
    ],
  ],
  [
    'list of order lines with the buyer before the product',
    'Pedido;Fecha;Nombre del comprador;Nombre del producto;SKU;Cantidad del producto;Sucursal de venta\n77;01/03/2026 10:15:00;Ana Paz;Taza azul;T-1;3;\n78;02/03/2026 11:00:00;Leo Sol;Taza roja;T-2;1;\n',
    [
      { event_type: 'sale', store_id: 'store-1', product_id: 'T-1', product_name: 'Taza azul' },
      { event_type: 'sale', store_id: 'store-1', product_id: 'T-2', quantity_delta: -1 },
    ],
  ],
  [
    'list of a till with customers and no receipts',
    'Menge;Artikel;Kunde;Benutzername;Datum\n2;Filzschuh;Laufkundschaft;eva;06.12.2025 17:07:04\n1;Sohle;Laufkundschaft;eva;06.12.2025 17:01:00\n',
    [
      { event_type: 'sale', product_id: 'Filzschuh', product_name: 'unknown', quantity_delta: -2 },
      { event_type: 'sale', product_id: 'Sohle', quantity_delta: -1 },
    ],
  ],
  [
    'stock with net prices',
    'Filiale;Artikelnr.;Bestand;Preis\nGraz;A-1;7;955,65217\nGraz;A-2;8;1.204,005\n',
    [
      { product_id: 'A-1', unit_price: 955.65 },
      { product_id: 'A-2', unit_price: 1204.01 },
    ],
  ],
  [
    'stock beside what was sold at no time',
    'SKU,Product name,Current stock,Units sold\nA-7,Lamp,12,40\n',
    [{ event_type: 'stock_count', product_id: 'A-7', current_stock: 12 }],
  ],
  [
    'stock of a warehouse by month',
    'Product Name,Year Month,Warehouse Inventory\nLamp,202601,14\n',
    [{ store_id: 'store-1', product_id: 'Lamp', current_stock: 14 }],
  ],
  [
    'stock of each store beside that of all',
    'handle,inventory_total,inventory_cpt,inventory_jhb,source_id,name\nlamp,7,3,4,,Lamp\n',
    [
      { store_id: 'cpt', product_id: 'Lamp', current_stock: 3 },
      { store_id: 'jhb', product_id: 'Lamp', current_stock: 4 },
    ],
  ],
])('a %s is read as it was meant', (_name, text, expected) => {
  const { results, missing } = tested(table(Buffer.from(text)), text.includes(';') ? ';' : ',');
  expect(missing).toEqual([]);
  expect(results.flatMap(({ events }) => events)).toMatchObject(expected);
  expect(results.flatMap(({ rejected }) => rejected)).toEqual([]);
});

test.each([
  ['a number of rows', 'ID,Artikel,VK\n1,Handschuhe,8.21\n2,Seife,0.43\n', ['current_stock']],
  ['a year', 'ProductName,Year\nLamp,2025\nDesk,2026\n', ['current_stock']],
  ['money', 'ProductName,DollarsSold\nLamp,844\nDesk,1977\n', ['current_stock']],
  ['fractions', 'date,produto,valor\n2026-01-05,Lampada,150.50\n', ['current_stock']],
  ['a month', '年月,単価,個数\n2026-01,120,7\n2026-02,120,8\n', ['product_id']],
  ['a kind of product', '日付,店舗,商品分類,在庫\n2026-01-05,駅前,飲料,7\n', ['product_id']],
  ['a vendor', 'ProductVendor,Quantity\nAcme,7\n', ['product_id']],
])('%s is taken for no product and no stock', (_what, text, expected) => {
  expect(suggestMapping({ name: 'file', ...table(Buffer.from(text)) }).missing).toEqual(expected);
});

test.each([
  ['names', 'Barcode,Preis\n4006381333931,1.29\n', true],
  ['names over numbers alone', 'a,b\n4006381333931,8\n', true],
  ['the first row', '4006381333931,Milch,1.29\n5901234123457,Brot,0.79\n', false],
  ['the first row, with a time', 'V0,2026-01-01T10:00,1\nV1,2026-01-02T10:00,2\n', false],
])('a header of %s is told from one that is a row', (_what, text, isHeader) => {
  expect(suggestMapping({ name: 'file', ...table(Buffer.from(text)) }).isHeader).toBe(isHeader);
});

test('columns that are named for stores alone are shown, with what reads them', () => {
  const rows = table(Buffer.from('SKU,BLUE,GREEN\nA-7,4,0\nA-8,49,12\n'));
  const { notes, missing } = suggestMapping({ name: 'file', ...rows });
  expect(missing).toEqual(['current_stock']);
  expect(notes.join(' ')).toContain(
    '"BLUE", "GREEN" hold numbers: where each is the stock of a store, add "unpivot": {"name":"store","columns":{"stock":"*"},"except":["SKU"]}',
  );
});

const names = fc.constantFrom(
  'Store',
  'store',
  'In stock [*]',
  'In stock [A]',
  'Stock_b',
  'Stock_c',
  'Price b',
  'price',
  'least',
  'Lager',
  'SKU',
  'Artikel',
  'Menge',
  'Bestand',
  'Datum',
  'Preis',
  'Typ',
  'a',
  'toString',
  '__proto__',
  '',
  'ean',
  'Qty.',
);
const cells = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    '12',
    '1.204',
    '1,5',
    '31.01.2026',
    '2026-01-31',
    '01/02/2026',
    '4006381333931',
    'not stocked',
    'VK',
    'n/a',
    '-3',
  ),
  fc.integer().map(String),
);

test('what is suggested from any table is a document, and runs on its rows without a throw', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(names, { maxLength: 8 }),
      fc.array(fc.array(cells, { minLength: 8, maxLength: 8 }), { maxLength: 5 }),
      (columns, lines) => {
        const rows = lines.map((line) =>
          Object.fromEntries(columns.map((name, index) => [name, line[index]])),
        );
        const { document, missing } = suggestMapping({ name: 'any', columns, rows });
        const mapping = compileMapping(JSON.stringify(document));
        if (missing.length > 0) return;
        const run = mapping.start({ columns, asOfMs: 0 });
        for (const row of rows) {
          const { events, rejected, skipped } = run.read(row);
          expect(events.length + rejected.length + skipped.length).toBeGreaterThan(0);
        }
      },
    ),
  );
});
