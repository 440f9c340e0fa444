// Emitted from ./document.ts by scripts/emit.ts. Change the type, then run `npm run emit`.
import type { JsonSchema } from '@store/glue-schema';

/** JSON Schema (2020-12) of {@link MappingDocument}. */
export const mappingDocumentJsonSchema: JsonSchema = {
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "MappingDocument",
  "description": "How the records of one source become inventory events: a document of JSON, without code. Its JSON Schema is emitted from this type.",
  "type": "object",
  "properties": {
    "$schema": {
      "description": "Where an editor finds the JSON Schema; not read.",
      "type": "string"
    },
    "version": {
      "description": "Version of the language: 1.",
      "const": 1
    },
    "name": {
      "description": "Name of the mapping; results and messages say it.",
      "type": "string",
      "minLength": 1,
      "maxLength": 100
    },
    "description": {
      "description": "What it reads, and where the names of its columns come from.",
      "type": "string"
    },
    "mode": {
      "description": "`events`: each row is something that happened; `snapshot`: each row is a count of one shelf. Left out: events.",
      "enum": [
        "events",
        "snapshot"
      ]
    },
    "encoding": {
      "description": "Encoding of a text file, such as `windows-1252`. Left out: found by the file itself.",
      "type": "string",
      "minLength": 1
    },
    "delimiter": {
      "description": "What separates the fields of a CSV file. Left out: found by the file itself.",
      "type": "string",
      "minLength": 1,
      "maxLength": 1
    },
    "skip": {
      "description": "Lines of a text file before its header. Left out: none.",
      "type": "integer",
      "minimum": 0,
      "maximum": 1000
    },
    "decimal": {
      "description": "Character before the fraction of a number in text. Left out: a point.",
      "enum": [
        ",",
        "."
      ]
    },
    "group": {
      "description": "Character between the digits of a number in text, as in 1,204. Left out: none.",
      "enum": [
        " ",
        "'",
        ",",
        "."
      ]
    },
    "zone": {
      "description": "Clock of times without an offset, for all fields: `Europe/Vienna`, `UTC` or `+01:00`. Left out: such a time is refused.",
      "type": "string"
    },
    "records": {
      "description": "Where the rows stand within a record of JSON: `$.levels[*]`. Left out: the record is the row.",
      "type": "string"
    },
    "looseNames": {
      "description": "Columns that are found by letters and digits alone, whatever the case, blanks and punctuation; `*` means all. Left out: none.",
      "type": "array",
      "items": {
        "type": "string"
      }
    },
    "absentColumns": {
      "description": "Columns that say that a file has another form than this document is for. Left out: none.",
      "type": "array",
      "items": {
        "type": "string"
      }
    },
    "unpivot": {
      "description": "Makes a row of each of several columns.",
      "$ref": "#/$defs/Unpivot"
    },
    "skipWhen": {
      "description": "Skips a row whose column, or source of a field, has one of these texts: `x*` is every text that begins with x, an empty text is a blank.",
      "type": "object",
      "additionalProperties": {
        "type": "array",
        "items": {
          "type": "string"
        }
      }
    },
    "keepWhen": {
      "description": "Skips a row whose column, or source of a field, has none of these texts.",
      "type": "object",
      "additionalProperties": {
        "type": "array",
        "items": {
          "type": "string"
        }
      }
    },
    "fields": {
      "description": "Where each field of the event comes from.",
      "$ref": "#/$defs/MappingFields"
    },
    "key": {
      "description": "What makes an event the same event when its file is sent twice: fields of the event, `column:NAME` for a column of the source, `record` for its line. Left out: store, product, time and count for a snapshot, else all contents.",
      "type": "array",
      "items": {
        "type": "string"
      },
      "minItems": 1
    }
  },
  "required": [
    "version",
    "name",
    "fields"
  ],
  "additionalProperties": false,
  "$defs": {
    "FieldSource": {
      "type": "object",
      "properties": {
        "from": {
          "description": "The column, or several of which the first counts that is there and not blank.",
          "anyOf": [
            {
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            {
              "type": "string"
            }
          ]
        },
        "const": {
          "description": "Always this value.",
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "type": "number"
            },
            {
              "type": "string"
            }
          ]
        },
        "join": {
          "description": "The columns' texts one after another, where `from` gives nothing; blank ones are left out.",
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "with": {
          "description": "What is between the texts of `join`. Left out: a blank.",
          "type": "string"
        },
        "sum": {
          "description": "The sum of the columns' numbers; a blank counts as 0 unless all are blank.",
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "carry": {
          "description": "A blank continues the row above.",
          "type": "boolean"
        },
        "extract": {
          "description": "What part of the text counts, by one or several named patterns, one after another.",
          "anyOf": [
            {
              "enum": [
                "amount",
                "code-in-brackets",
                "first-of-list",
                "first-of-path",
                "last-of-path",
                "name-after-brackets"
              ]
            },
            {
              "type": "array",
              "items": {
                "enum": [
                  "amount",
                  "code-in-brackets",
                  "first-of-list",
                  "first-of-path",
                  "last-of-path",
                  "name-after-brackets"
                ]
              }
            }
          ]
        },
        "default": {
          "description": "The value of what is absent or blank.",
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "type": "number"
            },
            {
              "type": "string"
            }
          ]
        },
        "enum": {
          "description": "The text's meaning; a text that is not listed is refused. `x*` is every text that begins with x, `*` every other.",
          "type": "object",
          "additionalProperties": {
            "anyOf": [
              {
                "type": "number"
              },
              {
                "type": "string"
              }
            ]
          }
        },
        "per": {
          "description": "Units in one of each kind of pack, by the text of the `unit` column.",
          "type": "object",
          "additionalProperties": {
            "type": "number"
          }
        },
        "unit": {
          "description": "Column that names the kind of pack.",
          "type": "string"
        },
        "times": {
          "description": "Factor of the number.",
          "type": "number"
        },
        "unsigned": {
          "description": "Of quantity_delta: the numbers have no sign; a sale or a shrinkage lowers the stock, everything else raises it.",
          "type": "boolean"
        },
        "negate": {
          "description": "Turns the sign of the number.",
          "type": "boolean"
        },
        "decimals": {
          "description": "Of unit_price: digits behind the point that a price is rounded to, a half away from zero. Left out: a price of more than two is refused.",
          "type": "integer",
          "minimum": 0,
          "maximum": 2
        },
        "format": {
          "description": "Format of a time in text, or several: `dd.MM.yyyy HH:mm`. Left out: ISO 8601, or seconds or milliseconds since 1970.",
          "anyOf": [
            {
              "type": "array",
              "items": {
                "type": "string"
              }
            },
            {
              "type": "string"
            }
          ]
        },
        "zone": {
          "description": "Clock of a time without an offset. Left out: the document's.",
          "type": "string"
        },
        "zoneBy": {
          "description": "The same, by a column of the row.",
          "$ref": "#/$defs/ZoneSource"
        },
        "dayOne": {
          "description": "Date of day 1, for a source that numbers its days.",
          "type": "string"
        }
      },
      "required": [],
      "additionalProperties": false
    },
    "MappingFields": {
      "type": "object",
      "properties": {
        "event_id": {
          "description": "Unique id. Left out: made of the key, or of all contents.",
          "$ref": "#/$defs/FieldSource"
        },
        "event_type": {
          "description": "What happened. Left out: stock_count for a snapshot.",
          "$ref": "#/$defs/FieldSource"
        },
        "event_time": {
          "description": "When it happened.",
          "$ref": "#/$defs/FieldSource"
        },
        "sequence": {
          "description": "Order within the store. Left out: the time in milliseconds.",
          "$ref": "#/$defs/FieldSource"
        },
        "store_id": {
          "description": "Store that reports.",
          "$ref": "#/$defs/FieldSource"
        },
        "store_name": {
          "description": "Name of the store. Left out: its id.",
          "$ref": "#/$defs/FieldSource"
        },
        "city": {
          "description": "City of the store.",
          "$ref": "#/$defs/FieldSource"
        },
        "region": {
          "description": "State, province or county of the store.",
          "$ref": "#/$defs/FieldSource"
        },
        "country": {
          "description": "Country of the store, ISO 3166-1 alpha-2.",
          "$ref": "#/$defs/FieldSource"
        },
        "latitude": {
          "description": "Degrees north, WGS 84.",
          "$ref": "#/$defs/FieldSource"
        },
        "longitude": {
          "description": "Degrees east, WGS 84.",
          "$ref": "#/$defs/FieldSource"
        },
        "product_id": {
          "description": "SKU.",
          "$ref": "#/$defs/FieldSource"
        },
        "product_name": {
          "description": "Name of the product.",
          "$ref": "#/$defs/FieldSource"
        },
        "category": {
          "description": "Department that the product belongs to.",
          "$ref": "#/$defs/FieldSource"
        },
        "unit_price": {
          "description": "Selling price of one unit.",
          "$ref": "#/$defs/FieldSource"
        },
        "quantity_delta": {
          "description": "Signed change of the stock. Left out: the count less the last known stock for a snapshot, else 0.",
          "$ref": "#/$defs/FieldSource"
        },
        "current_stock": {
          "description": "Stock on hand after the event.",
          "$ref": "#/$defs/FieldSource"
        },
        "min_threshold": {
          "description": "Reorder point.",
          "$ref": "#/$defs/FieldSource"
        },
        "on_order": {
          "description": "Units ordered and not yet delivered.",
          "$ref": "#/$defs/FieldSource"
        }
      },
      "required": [],
      "additionalProperties": false
    },
    "Unpivot": {
      "type": "object",
      "properties": {
        "name": {
          "description": "Name under which a row has what stands for `*` in the column's name.",
          "type": "string"
        },
        "columns": {
          "description": "Name under which a row has the value, to the columns that hold it: `d_*`, or `Current Quantity *`.",
          "type": "object",
          "additionalProperties": {
            "type": "string"
          }
        },
        "except": {
          "description": "Columns that are none of them, for a pattern that takes everything.",
          "type": "array",
          "items": {
            "type": "string"
          }
        }
      },
      "required": [
        "name",
        "columns"
      ],
      "additionalProperties": false
    },
    "ZoneSource": {
      "type": "object",
      "properties": {
        "from": {
          "description": "The column.",
          "type": "string"
        },
        "enum": {
          "description": "Its texts' zones.",
          "type": "object",
          "additionalProperties": {
            "type": "string"
          }
        }
      },
      "required": [
        "from",
        "enum"
      ],
      "additionalProperties": false
    }
  }
};
