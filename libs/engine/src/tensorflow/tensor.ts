import type * as core from '@tensorflow/tfjs-core';

/** The functions of TensorFlow.js, of whichever copy was loaded. */
export type TensorFlow = typeof core;

/** A tensor of TensorFlow.js. Other rooms pass it about and never look inside. */
export type Tensor = core.Tensor;

/** A tensor of two axes. */
export type Tensor2D = core.Tensor2D;
