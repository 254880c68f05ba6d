package lapidary.benchmarks.mutants;

import java.util.List;
import java.util.Random;

/** Names that mean something to ONNX Runtime, and some that do not. Stateless. */
final class Names {
  /** The standard operators that the small networks leave out, some of ONNX Runtime's own, and one of nobody. */
  private static final List<String> OTHERS = List.of(
      ("AffineGrid Attention Bernoulli BitCast BitShift BitwiseAnd BitwiseNot BlackmanWindow CausalConvWithState"
              + " CenterCropPad Col2Im Compress ConcatFromSequence CumProd DFT DeformConv Det GridSample HammingWindow"
              + " If ImageDecoder LinearAttention Loop MaxRoiPool MaxUnpool MelWeightMatrix Multinomial"
              + " NegativeLogLikelihoodLoss NonMaxSuppression Optional OptionalGetElement RandomNormal RandomUniformLike"
              + " RegexFullMatch RoiAlign RotaryEmbedding STFT Scan Scatter SequenceAt SequenceConstruct SequenceEmpty"
              + " SequenceMap SoftmaxCrossEntropyLoss SplitToSequence StringConcat StringNormalizer StringSplit"
              + " TensorScatter TfIdfVectorizer Unique MatMulFpQ4 BifurcationDetector FusedConv QAttention NotAnOperator")
          .split(" "));

  private static final List<String> ATTRIBUTES = List.of(
      ("axis axes alpha auto_pad batch_dims blocksize body ceil_mode dilations direction dtype epsilon exclusive group"
              + " hidden_size keepdims kernel_shape mode noop_with_empty_axes num_outputs output_padding output_shape p pads"
              + " perm shape split strides to transA upper value layout select_last_index unknown")
          .split(" "));

  private static final List<String> TEXTS = List.of(
      "",
      "NOTSET",
      "SAME_UPPER",
      "SAME_LOWER",
      "VALID",
      "nearest",
      "linear",
      "cubic",
      "constant",
      "reflect",
      "edge",
      "wrap",
      "bidirectional",
      "reverse",
      "add",
      "max",
      "DCR",
      "CRD",
      "tanh",
      "Tanh",
      "ij,jk->ik",
      "...ij->...ji",
      "i,j,k,l,m->ijklm",
      "iiii->i",
      "->",
      "é",
      "x".repeat(5000));

  private static final List<String> DOMAINS =
      List.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft", "ai.onnx.training", "strange");

  private static final List<String> LOCATIONS = List.of(
      "weights.bin",
      "../weights.bin",
      "/etc/passwd",
      "*/1234",
      "",
      ".",
      "a/../../b",
      "/dev/zero",
      "\\\\host\\share");

  private Names() {}

  static String operator(Random random) {
    List<String> known = OperatorFiles.operators();
    return random.nextInt(3) == 0 ? of(OTHERS, random) : of(known, random);
  }

  static String attribute(Random random) {
    return of(ATTRIBUTES, random);
  }

  static String text(Random random) {
    return of(TEXTS, random);
  }

  static String domain(Random random) {
    return of(DOMAINS, random);
  }

  static String location(Random random) {
    return of(LOCATIONS, random);
  }

  private static String of(List<String> names, Random random) {
    return names.get(random.nextInt(names.size()));
  }
}
