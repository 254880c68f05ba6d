package lapidary.runtime.operators;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operators that ONNX Runtime is trusted with in a file that nobody vouches for: what our exporter, PyTorch's and the others
 * write for ordinary networks, a row each. Not in it, since ONNX Runtime has died of them or since they hold what cannot be looked
 * at: control flow, functions, other domains, random numbers, signal processing, optional values, sequences, attention, regions.
 *
 * <pre>
 * operator · versions · inputs needed..allowed · outputs · element types of the first input · its rank · rule of {@link Shapes} · attributes
 * </pre>
 *
 * <p>Versions are those at which the operator changed; the one in force at the file's operator set has to be among them. Types: {@code
 * f} real, {@code n} numbers, {@code i} whole numbers, {@code b} boolean, {@code q} bytes, {@code a} any.
 */
final class OperatorTable {
  /** The standard operator sets whose meaning is written down here; ONNX Runtime itself promises nothing below 7. */
  static final int OLDEST = 7;

  static final int NEWEST = 26;

  private static final String ROWS = """
      Abs                   6,13                      1..1   1  n  0..8  same
      Acos                  7,22                      1..1   1  f  0..8  same
      Acosh                 9,22                      1..1   1  f  0..8  same
      Add                   7,13,14                   2..2   1  n  0..8  arithmetic
      And                   7                         2..2   1  b  0..8  compare
      ArgMax                1,11,12,13                1..1   1  n  1..8  arg          axis keepdims select_last_index
      ArgMin                1,11,12,13                1..1   1  n  1..8  arg          axis keepdims select_last_index
      Asin                  7,22                      1..1   1  f  0..8  same
      Asinh                 9,22                      1..1   1  f  0..8  same
      Atan                  7,22                      1..1   1  f  0..8  same
      Atanh                 9,22                      1..1   1  f  0..8  same
      AveragePool           7,10,11,19,22             1..1   1  f  3..5  pool         auto_pad ceil_mode count_include_pad dilations kernel_shape! pads strides
      BatchNormalization    7,9,14,15                 5..5   1  f  2..5  channels     epsilon momentum spatial training_mode
      Cast                  6,9,13,19,21,23,24,25     1..1   1  a  0..8  cast         round_mode saturate to!
      CastLike              15,19,21,23,24,25         2..2   1  a  0..8  castLike     round_mode saturate
      Ceil                  6,13                      1..1   1  f  0..8  same
      Celu                  12                        1..1   1  f  0..8  same         alpha
      Clip                  6,11,12,13                1..3   1  n  0..8  clip         max min
      Concat                4,11,13                   1..4096 1 a  1..8  concat       axis!
      Constant              1,9,11,12,13,19,21,23,24,25 0..0 1  a  0..8  constant     value value_float value_floats value_int value_ints value_string value_strings
      ConstantOfShape       9,20,21,23,24,25          1..1   1  i  1..1  filled       value
      Conv                  1,11,22                   2..3   1  f  3..5  conv         auto_pad dilations group kernel_shape pads strides
      ConvInteger           10                        2..4   1  q  3..5  convInteger  auto_pad dilations group kernel_shape pads strides
      ConvTranspose         1,11,22                   2..3   1  f  3..5  transposed   auto_pad dilations group kernel_shape output_padding output_shape pads strides
      Cos                   7,22                      1..1   1  f  0..8  same
      Cosh                  9,22                      1..1   1  f  0..8  same
      CumSum                11,14                     2..2   1  n  1..8  along        exclusive reverse
      DepthToSpace          1,11,13                   1..1   1  n  4..4  depthToSpace blocksize! mode
      DequantizeLinear      10,13,19,21,23,24,25      2..3   1  i  0..8  dequantize   axis block_size output_dtype
      Div                   7,13,14                   2..2   1  n  0..8  divide
      Dropout               7,10,12,13,22             1..3   2  f  0..8  dropout      ratio seed
      DynamicQuantizeLinear 11                        1..1   3  f  0..8  quantizeAll
      Einsum                12                        1..8   1  n  0..8  einsum       equation!
      Elu                   6,22                      1..1   1  f  0..8  same         alpha
      Equal                 7,11,13,19                2..2   1  a  0..8  compare
      Erf                   9,13                      1..1   1  n  0..8  same
      Exp                   6,13                      1..1   1  f  0..8  same
      Expand                8,13                      2..2   1  a  0..8  expand
      EyeLike               9,22                      1..1   1  n  2..2  cast         dtype k
      Flatten               1,9,11,13,21,23,24,25     1..1   1  a  0..8  flatten      axis
      Floor                 6,13                      1..1   1  f  0..8  same
      GRU                   7,14,22                   3..6   2  f  3..3  gru          activation_alpha activation_beta activations clip direction hidden_size! layout linear_before_reset
      Gather                1,11,13                   2..2   1  a  1..8  gather       axis
      GatherElements        11,13                     2..2   1  a  1..8  gatherEach   axis
      GatherND              11,12,13                  2..2   1  a  1..8  gatherNd     batch_dims
      Gelu                  20                        1..1   1  f  0..8  same         approximate
      Gemm                  7,9,11,13                 2..3   1  n  2..2  gemm         alpha beta transA transB
      GlobalAveragePool     1,22                      1..1   1  f  3..5  poolAll
      GlobalLpPool          2,22                      1..1   1  f  3..5  poolAll      p
      GlobalMaxPool         1,22                      1..1   1  f  3..5  poolAll
      Greater               7,9,13                    2..2   1  n  0..8  compare
      GreaterOrEqual        12,16                     2..2   1  n  0..8  compare
      GroupNormalization    21                        3..3   1  f  3..5  groups       epsilon num_groups! stash_type
      HardSigmoid           6,22                      1..1   1  f  0..8  same         alpha beta
      HardSwish             14,22                     1..1   1  f  0..8  same
      Hardmax               1,11,13                   1..1   1  f  1..8  softmax      axis
      Identity              1,13,14,16,19,21,23,24,25 1..1   1  a  0..8  identity
      InstanceNormalization 6,22                      3..3   1  f  3..5  channels     epsilon
      IsInf                 10,20                     1..1   1  f  0..8  test         detect_negative detect_positive
      IsNaN                 9,13,20                   1..1   1  f  0..8  test
      LRN                   1,13                      1..1   1  f  4..4  lrn          alpha beta bias size!
      LSTM                  7,14,22                   3..8   3  f  3..3  lstm         activation_alpha activation_beta activations clip direction hidden_size! input_forget layout
      LayerNormalization    17                        2..3   3  f  1..8  layer        axis epsilon stash_type
      LeakyRelu             6,16                      1..1   1  f  0..8  same         alpha
      Less                  7,9,13                    2..2   1  n  0..8  compare
      LessOrEqual           12,16                     2..2   1  n  0..8  compare
      Log                   6,13                      1..1   1  f  0..8  same
      LogSoftmax            1,11,13                   1..1   1  f  1..8  softmax      axis
      LpNormalization       1,22                      1..1   1  f  1..8  softmax      axis p
      LpPool                2,11,18,22                1..1   1  f  3..5  pool         auto_pad ceil_mode dilations kernel_shape! p pads strides
      MatMul                1,9,13                    2..2   1  n  1..8  matmul
      MatMulInteger         10                        2..4   1  q  1..8  matmulInteger
      Max                   6,8,12,13                 1..64  1  n  0..8  arithmetic
      MaxPool               1,8,10,11,12,22           1..1   2  n  3..5  pool         auto_pad ceil_mode dilations kernel_shape! pads storage_order strides
      Mean                  6,8,13                    1..64  1  f  0..8  arithmetic
      MeanVarianceNormalization 9,13                  1..1   1  f  1..8  moments      axes
      Min                   6,8,12,13                 1..64  1  n  0..8  arithmetic
      Mish                  18,22                     1..1   1  f  0..8  same
      Mod                   10,13                     2..2   1  n  0..8  divide       fmod
      Mul                   7,13,14                   2..2   1  n  0..8  arithmetic
      Neg                   6,13                      1..1   1  n  0..8  same
      NonZero               9,13                      1..1   1  a  1..8  nonZero
      Not                   1                         1..1   1  b  0..8  same
      OneHot                9,11                      3..3   1  n  0..7  oneHot       axis
      Or                    7                         2..2   1  b  0..8  compare
      PRelu                 7,9,16                    2..2   1  f  0..8  slope
      Pad                   2,11,13,18,19,21,23,24,25 1..4   1  a  1..8  pad          mode pads value
      Pow                   7,12,13,15                2..2   1  n  0..8  arithmetic
      QLinearConv           10                        8..9   1  q  3..5  qConv        auto_pad dilations group kernel_shape pads strides
      QLinearMatMul         10,21                     8..8   1  q  1..8  qMatmul
      QuantizeLinear        10,13,19,21,23,24,25      2..3   1  n  0..8  quantize     axis block_size output_dtype precision saturate
      RMSNormalization      23                        2..2   1  f  1..8  layer        axis epsilon stash_type
      RNN                   7,14,22                   3..6   2  f  3..3  rnn          activation_alpha activation_beta activations clip direction hidden_size! layout
      Range                 11                        3..3   1  n  0..1  range
      Reciprocal            6,13                      1..1   1  f  0..8  same
      ReduceL1              1,11,13,18                1..2   1  n  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceL2              1,11,13,18                1..2   1  n  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceLogSum          1,11,13,18                1..2   1  n  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceLogSumExp       1,11,13,18                1..2   1  n  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceMax             1,11,12,13,18,20          1..2   1  a  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceMean            1,11,13,18                1..2   1  n  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceMin             1,11,12,13,18,20          1..2   1  a  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceProd            1,11,13,18                1..2   1  n  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceSum             1,11,13                   1..2   1  n  0..8  reduce       axes keepdims noop_with_empty_axes
      ReduceSumSquare       1,11,13,18                1..2   1  n  0..8  reduce       axes keepdims noop_with_empty_axes
      Relu                  6,13,14                   1..1   1  n  0..8  same
      Reshape               5,13,14,19,21,23,24,25    2..2   1  a  0..8  reshape      allowzero
      Resize                10,11,13,18,19            1..4   1  n  1..5  resize       antialias axes coordinate_transformation_mode cubic_coeff_a exclude_outside extrapolation_value keep_aspect_ratio_policy mode nearest_mode
      ReverseSequence       10                        2..2   1  a  2..8  reversed     batch_axis time_axis
      Round                 11,22                     1..1   1  f  0..8  same
      ScatterElements       11,13,16,18               3..3   1  a  1..8  scatterEach  axis reduction
      ScatterND             11,13,16,18               3..3   1  a  1..8  scatterNd    reduction
      Selu                  6,22                      1..1   1  f  0..8  same         alpha gamma
      Shape                 1,13,15,19,21,23,24,25    1..1   1  a  0..8  shape        end start
      Shrink                9                         1..1   1  n  0..8  same         bias lambd
      Sigmoid               6,13                      1..1   1  f  0..8  same
      Sign                  9,13                      1..1   1  n  0..8  same
      Sin                   7,22                      1..1   1  f  0..8  same
      Sinh                  9,22                      1..1   1  f  0..8  same
      Size                  1,13,19,21,23,24,25       1..1   1  a  0..8  size
      Slice                 1,10,11,13                1..5   1  a  1..8  slice        axes ends starts
      Softmax               1,11,13                   1..1   1  f  1..8  softmax      axis
      Softplus              1,22                      1..1   1  f  0..8  same
      Softsign              1,22                      1..1   1  f  0..8  same
      SpaceToDepth          1,13                      1..1   1  n  4..4  spaceToDepth blocksize! mode
      Split                 2,11,13,18                1..2   256 a 1..8  split        axis num_outputs split
      Sqrt                  6,13                      1..1   1  f  0..8  same
      Squeeze               1,11,13,21,23,24,25       1..2   1  a  0..8  squeeze      axes
      Sub                   7,13,14                   2..2   1  n  0..8  arithmetic
      Sum                   6,8,13                    1..64  1  f  0..8  arithmetic
      Swish                 24                        1..1   1  f  0..8  same         alpha
      Tan                   7,22                      1..1   1  f  0..8  same
      Tanh                  6,13                      1..1   1  f  0..8  same
      ThresholdedRelu       10,22                     1..1   1  f  0..8  same         alpha
      Tile                  6,13                      2..2   1  a  1..8  tile
      TopK                  1,10,11,24                1..2   2  n  1..8  topK         axis k largest sorted
      Transpose             1,13,21,23,24,25          1..1   1  a  0..8  transpose    perm
      Trilu                 14                        1..2   1  n  2..8  trilu        upper
      Unsqueeze             1,11,13,21,23,24,25       1..2   1  a  0..8  unsqueeze    axes
      Upsample              7,9                       1..2   1  n  1..5  upsample     mode scales
      Where                 9,16                      3..3   1  b  0..8  where
      Xor                   7                         2..2   1  b  0..8  compare
      ai.onnx.ml.ArrayFeatureExtractor 1              2..2   1  a  1..2  columns
      ai.onnx.ml.Imputer    1                         1..1   1  n  1..2  imputer      imputed_value_floats imputed_value_int64s replaced_value_float replaced_value_int64
      ai.onnx.ml.LabelEncoder 2                       1..1   1  a  0..8  encoder      default_float default_int64 default_string keys_floats keys_int64s keys_strings values_floats values_int64s values_strings
      ai.onnx.ml.LinearRegressor 1                    1..1   1  n  1..2  regressor    coefficients! intercepts post_transform targets
      ai.onnx.ml.Normalizer 1                         1..1   1  n  1..2  normalizer   norm
      ai.onnx.ml.OneHotEncoder 1                      1..1   1  a  1..2  categories   cats_int64s cats_strings zeros
      ai.onnx.ml.Scaler     1                         1..1   1  n  1..2  scaler       offset scale
      """;

  private static final Map<String, String> LINES = TextTable.lines(ROWS);

  private OperatorTable() {}

  /** The row of an operator, with its domain; null if it is not in the list. */
  static @Nullable OperatorRow row(String kind) {
    String line = LINES.get(kind);
    return line == null ? null : OperatorRow.of(TextTable.cells(line));
  }

  /** Names with their domains, in the order of the table. */
  static Set<String> names() {
    return LINES.keySet();
  }
}
