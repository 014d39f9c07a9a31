import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';

/** Transport id of handlers of the log, so that they attach to an `EventLogServer` only. */
export const EVENT_LOG_TRANSPORT = Symbol('event-log');

/** What a handler is called for. */
export type LogOccasion = 'batch' | 'assigned' | 'revoked';

/** Pattern under which Nest knows a handler of a topic. */
export function logPattern(occasion: LogOccasion, topic: string): string {
  return `${occasion}:${topic}`;
}

/** Hands a handler's error on as it is: what is unexpected must stop the subscription, not become an answer. */
@Catch()
class SurpriseFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Method `(batch: RecordBatch, context: LogBatchContext) => Promise<void>`; the partition's next batch waits for it, a rejection stops the app. */
export function BatchHandler(topic: string): MethodDecorator {
  return handler('batch', topic);
}

/** Method `(partitions: TopicPartition[]) => Promise<void>`, called before the first batch of newly assigned partitions of the topic. */
export function AssignedHandler(topic: string): MethodDecorator {
  return handler('assigned', topic);
}

/** Method `(partitions: TopicPartition[]) => Promise<void>`, called when partitions of the topic are no longer ours. */
export function RevokedHandler(topic: string): MethodDecorator {
  return handler('revoked', topic);
}

function handler(occasion: LogOccasion, topic: string): MethodDecorator {
  const pattern = EventPattern(logPattern(occasion, topic), EVENT_LOG_TRANSPORT) as MethodDecorator;
  return applyDecorators(pattern, UseFilters(SurpriseFilter));
}
