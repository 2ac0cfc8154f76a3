/** Physical quantities as nominal types, in base units only; scaling happens where literals come in and figures go out. */

declare const unit: unique symbol;
type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

/** Memory and sizes, in bytes. */
export type Bytes = Quantity<'bytes'>;
/** CPU capacity, demand and grants, in logical CPUs. */
export type Cores = Quantity<'cores'>;
/** CPU work, in core-seconds. */
export type CoreSeconds = Quantity<'core-seconds'>;
/** Time, in seconds from the moment the hosts are switched on. */
export type Seconds = Quantity<'seconds'>;
/** Disk and network rates, in bytes a second. */
export type BytesPerSecond = Quantity<'bytes-per-second'>;
/** A share or ratio: 1 is 100 %. */
export type Fraction = Quantity<'fraction'>;

export const bytes = (value: number): Bytes => value as Bytes;
export const cores = (value: number): Cores => value as Cores;
export const coreSeconds = (value: number): CoreSeconds => value as CoreSeconds;
export const seconds = (value: number): Seconds => value as Seconds;
export const bytesPerSecond = (value: number): BytesPerSecond => value as BytesPerSecond;
export const fraction = (value: number): Fraction => value as Fraction;

/** The dimension of a value in an expression; shares, ratios and counts are one dimension. */
export type Dimension = 'memory' | 'cpu' | 'work' | 'time' | 'rate' | 'number';
