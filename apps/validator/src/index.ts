export { ValidationError } from './validation-error.js';
