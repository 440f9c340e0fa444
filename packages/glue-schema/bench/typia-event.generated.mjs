// Made ahead of time from the inventory event's type by `typia generate` of typia 9.7.2 (MIT), with the helpers that it imports:
// the transformer itself is a compiler plugin, which nothing else here needs.
const pattern =
  /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T|\s)([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/i;
const isFormatDateTime = (text) => pattern.test(text);
const isTypeInt64 = (value) => Math.floor(value) === value && -(2 ** 63) <= value && value <= 2 ** 63 - 1;
const isTypeInt32 = (value) => Math.floor(value) === value && -2147483648 <= value && value <= 2147483647;

export const equals = (() => {
  const _io0 = (input) =>
    'string' === typeof input.event_id &&
    ('sale' === input.event_type ||
      'restock' === input.event_type ||
      'return' === input.event_type ||
      'shrinkage' === input.event_type ||
      'stock_count' === input.event_type ||
      'adjustment' === input.event_type ||
      'order_placed' === input.event_type ||
      'price_change' === input.event_type) &&
    'string' === typeof input.event_time &&
    isFormatDateTime(input.event_time) &&
    'number' === typeof input.sequence &&
    isTypeInt64(input.sequence) &&
    'string' === typeof input.store_id &&
    'string' === typeof input.store_name &&
    'object' === typeof input.location &&
    null !== input.location &&
    _io1(input.location) &&
    'string' === typeof input.product_id &&
    'string' === typeof input.product_name &&
    'string' === typeof input.category &&
    'string' === typeof input.unit_price &&
    'number' === typeof input.quantity_delta &&
    isTypeInt32(input.quantity_delta) &&
    'number' === typeof input.current_stock &&
    isTypeInt32(input.current_stock) &&
    'number' === typeof input.min_threshold &&
    isTypeInt32(input.min_threshold) &&
    'number' === typeof input.on_order &&
    isTypeInt32(input.on_order) &&
    'boolean' === typeof input.is_low_stock &&
    (16 === Object.keys(input).length ||
      Object.keys(input).every((key) => {
        if (
          [
            'event_id',
            'event_type',
            'event_time',
            'sequence',
            'store_id',
            'store_name',
            'location',
            'product_id',
            'product_name',
            'category',
            'unit_price',
            'quantity_delta',
            'current_stock',
            'min_threshold',
            'on_order',
            'is_low_stock',
          ].some((prop) => key === prop)
        )
          return true;
        const value = input[key];
        if (undefined === value) return true;
        return false;
      }));
  const _io1 = (input) =>
    'string' === typeof input.city &&
    'string' === typeof input.region &&
    'string' === typeof input.country &&
    'number' === typeof input.latitude &&
    'number' === typeof input.longitude &&
    (5 === Object.keys(input).length ||
      Object.keys(input).every((key) => {
        if (['city', 'region', 'country', 'latitude', 'longitude'].some((prop) => key === prop)) return true;
        const value = input[key];
        if (undefined === value) return true;
        return false;
      }));
  return (input) => 'object' === typeof input && null !== input && _io0(input);
})();
