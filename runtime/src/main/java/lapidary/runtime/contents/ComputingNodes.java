package lapidary.runtime.contents;

/**
 * The nodes of a graph by what they compute in, those of graphs within it not counted. What follows from the file alone: on a
 * processor without 16-bit arithmetic a runtime computes in 32 bits what the file has in 16.
 *
 * @param int8 quantized operators, and operators between DequantizeLinear and QuantizeLinear of 8 bits, which runtimes make such of
 * @param float16 operators on 16-bit floats
 * @param bfloat16 operators on the upper halves of 32-bit floats
 * @param float32 operators on 32-bit floats
 * @param float64 operators on 64-bit floats
 * @param conversions from one type to another: Cast, QuantizeLinear, DequantizeLinear
 * @param others what moves values or looks them up, computes with whole numbers or texts, or is of a type that the file does not tell
 */
public record ComputingNodes(
    long int8,
    long float16,
    long bfloat16,
    long float32,
    long float64,
    long conversions,
    long others) {}
