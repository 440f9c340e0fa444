import type { RestockRequest } from '@store/schema';

/** The system that sends trucks, however it is reached. */
export interface TruckSystem {
  /**
   * Hands over one request. It may be called again for the same request, under the same id.
   *
   * @throws HandlerError `TRUCK_REFUSED` or `TRUCK_UNREACHABLE`
   */
  request(request: RestockRequest, deadline: { leftMs(): number }): Promise<void>;
}
