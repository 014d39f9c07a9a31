export { AlertDelivery } from './delivery/alert-delivery.js';
export type { AlertDeliveryParts, ConfiguredSink } from './delivery/alert-delivery.js';
export { readSinkFile } from './delivery/config/read-sink-file.js';
export { SinkFileError } from './delivery/config/sink-file-error.js';
