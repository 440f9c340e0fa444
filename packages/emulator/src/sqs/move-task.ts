/** A task that moves the messages of a dead-letter queue, as long as the process lives. */
export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Where all messages go; without one, each to the queue that it came from. */
  readonly destinationArn: string | undefined;
  readonly messagesPerSecond: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  moved: number;
  failureReason: string | undefined;
  /** Keeps the task from its next step. */
  cancel: () => void;
}

/** Writes a task's handle. */
export function taskHandle({ id, sourceArn }: Pick<MoveTask, 'id' | 'sourceArn'>): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');
}

/** Reads a handle; `undefined` where it is none. */
export function readTaskHandle(
  handle: string,
): { readonly taskId: string; readonly sourceArn: string } | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(handle, 'base64').toString());
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('taskId' in value) || !('sourceArn' in value)) return undefined;
    const { taskId, sourceArn } = value;
    return typeof taskId === 'string' && typeof sourceArn === 'string' ? { taskId, sourceArn } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
