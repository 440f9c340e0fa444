export { ServiceError } from './service.js';
export type {
  CatalogTable,
  Clock,
  JsonService,
  RequestContext,
  SqlEngine,
  SqlResult,
  TableCatalog,
} from './service.js';
