/**
 * Limits of the Glue Data Catalog and of Hive's types.
 * Sources, read 2026-11: Glue API reference (Column, TableInput), Athena "Data types in Amazon Athena" and
 * "Name databases, tables, and columns".
 */

/** Column names: at most this many bytes of UTF-8 (Athena) and as many characters (Glue). */
export const MAX_NAME_BYTES = 255;
/** Comments, in characters. */
export const MAX_COMMENT_LENGTH = 255;
/** A column's type string, in characters. */
export const MAX_TYPE_LENGTH = 131_072;
/** Nesting of array, map and struct. Our own limit: readers give up, or overflow their stack, not far beyond. */
export const MAX_TYPE_DEPTH = 32;
/** Digits of a decimal. */
export const MAX_DECIMAL_PRECISION = 38;
/** Length of `char(n)`. */
export const MAX_CHAR_LENGTH = 255;
/** Length of `varchar(n)`. */
export const MAX_VARCHAR_LENGTH = 65_535;
