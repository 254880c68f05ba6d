package lapidary.runtime.operators;

import static lapidary.runtime.operators.RefusedGraph.require;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the operators in {@link OperatorTable}: their types and what their values may be, a row each. An attribute
 * means the same wherever it stands; what depends on an input's shape is a matter of {@link Shapes}.
 *
 * <pre>attribute · type · least..most, or the texts it may be</pre>
 */
final class AttributeTable {
  private static final String ROWS = """
      activation_alpha     reals
      activation_beta      reals
      activations          texts    Affine Elu HardSigmoid LeakyRelu Relu ScaledTanh Sigmoid Softplus Softsign Tanh ThresholdedRelu
      allowzero            number   0..1
      alpha                real
      antialias            number   0..1
      approximate          text     none tanh
      auto_pad             text     NOTSET SAME_LOWER SAME_UPPER VALID
      axes                 numbers  -8..7
      axis                 number   -8..8
      batch_axis           number   0..1
      batch_dims           number   0..7
      beta                 real
      bias                 real
      block_size           number   0..1048576
      blocksize            number   1..1024
      cats_int64s          numbers
      cats_strings         texts
      ceil_mode            number   0..1
      clip                 real
      coefficients         reals
      coordinate_transformation_mode text align_corners asymmetric half_pixel half_pixel_symmetric pytorch_half_pixel tf_half_pixel_for_nn
      count_include_pad    number   0..1
      cubic_coeff_a        real
      default_float        real
      default_int64        number
      default_string       text
      detect_negative      number   0..1
      detect_positive      number   0..1
      dilations            numbers  1..65536
      direction            text     bidirectional forward reverse
      dtype                number   1..16
      end                  number   -8..2147483647
      ends                 numbers
      epsilon              real
      equation             text
      exclude_outside      number   0..1
      exclusive            number   0..1
      extrapolation_value  real
      fmod                 number   0..1
      gamma                real
      group                number   1..1048576
      hidden_size          number   1..65536
      imputed_value_floats reals
      imputed_value_int64s numbers
      input_forget         number   0..1
      intercepts           reals
      k                    number   -1048576..1048576
      keep_aspect_ratio_policy text stretch not_larger not_smaller
      keepdims             number   0..1
      kernel_shape         numbers  1..65536
      keys_floats          reals
      keys_int64s          numbers
      keys_strings         texts
      lambd                real
      largest              number   0..1
      layout               number   0..1
      linear_before_reset  number   0..1
      max                  real
      min                  real
      mode                 text     CRD DCR constant cubic edge linear nearest reflect wrap
      momentum             real
      nearest_mode         text     ceil floor round_prefer_ceil round_prefer_floor
      noop_with_empty_axes number   0..1
      norm                 text     L1 L2 MAX
      num_groups           number   1..1048576
      num_outputs          number   1..256
      offset               reals
      output_dtype         number   0..16
      output_padding       numbers  0..65536
      output_shape         numbers  1..1048576
      p                    number   1..8
      pads                 numbers  0..65536
      perm                 numbers  0..7
      post_transform       text     LOGISTIC NONE SOFTMAX
      precision            number   0..16
      ratio                real
      reduction            text     add max min mul none
      replaced_value_float real
      replaced_value_int64 number
      reverse              number   0..1
      round_mode           text     down nearest up
      saturate             number   0..1
      scale                reals
      scales               reals
      seed                 number
      select_last_index    number   0..1
      size                 number   1..1024
      sorted               number   0..1
      spatial              number   1..1
      split                numbers  0..2147483647
      start                number   -8..8
      starts               numbers
      stash_type           number   1..1
      storage_order        number   0..1
      strides              numbers  1..65536
      targets              number   1..65536
      time_axis            number   0..1
      to                   number   1..16
      training_mode        number   0..0
      transA               number   0..1
      transB               number   0..1
      upper                number   0..1
      value                any
      value_float          real
      value_floats         reals
      value_int            number
      value_ints           numbers
      value_string         text
      value_strings        texts
      values_floats        reals
      values_int64s        numbers
      values_strings       texts
      zeros                number   0..1
      """;

  private static final List<String> TYPES =
      List.of("", "real", "number", "text", "any", "", "reals", "numbers", "texts");

  /** Numbers of a list that has a range: one for each dimension, twice for pads; a split has one for each part. */
  private static final int MOST = 256;

  private static final Map<String, String> LINES = TextTable.lines(ROWS);

  private AttributeTable() {}

  /** @param range least and most, or empty */
  private record Row(String type, List<Long> range, Set<String> texts) {
    static @Nullable Row of(String name) {
      String line = LINES.get(name);
      if (line == null) {
        return null;
      }
      List<String> cells = TextTable.cells(line);
      List<Long> range = cells.size() == 3 ? TextTable.range(cells.get(2)) : List.of();
      return new Row(
          cells.get(1),
          range,
          range.isEmpty() ? Set.copyOf(cells.subList(2, cells.size())) : Set.of());
    }
  }

  static Set<String> names() {
    return LINES.keySet();
  }

  static void holds(String name, NodeAttribute attribute) throws RefusedGraph {
    Row row = RefusedGraph.present(Row.of(name), "attribute \"%s\" is not in the list", name);
    String type =
        attribute.type() < 0 || attribute.type() >= TYPES.size() ? "" : TYPES.get(attribute.type());
    boolean value = name.equals("value")
        && (attribute.type() == NodeAttribute.TENSOR || attribute.type() == NodeAttribute.FLOAT);
    require(
        value || row.type().equals(type), "attribute \"%s\" is not of type %s", name, row.type());
    require(
        (attribute.held() & ~(1 << attribute.type())) == 0,
        "attribute \"%s\" holds values of other types than its own",
        name);
    require(
        attribute.type() != NodeAttribute.TENSOR || attribute.tensor() != null,
        "attribute \"%s\" has no value",
        name);
    for (float real :
        attribute.type() == NodeAttribute.FLOAT ? attribute.reals() : List.<Float>of()) {
      require(!Float.isNaN(real), "attribute \"%s\" is not a number", name);
    }
    // Of a value that stands twice ONNX Runtime takes the last.
    require(
        attribute.type() > NodeAttribute.TEXT || attribute.count() == 1,
        "attribute \"%s\" has not one value",
        name);
    ranged(name, row, attribute);
  }

  private static void ranged(String name, Row row, NodeAttribute attribute) throws RefusedGraph {
    if (!row.range().isEmpty()) {
      require(
          attribute.count() <= MOST, "attribute \"%s\" has %s numbers", name, attribute.count());
      for (long number : attribute.numbers()) {
        require(
            number >= row.range().get(0) && number <= row.range().get(1),
            "attribute \"%s\" has %s, not %s to %s",
            name,
            number,
            row.range().get(0),
            row.range().get(1));
      }
    }
    if (!row.texts().isEmpty()) {
      require(attribute.count() == attribute.texts().size(), "attribute \"%s\" is too long", name);
      for (String text : attribute.texts()) {
        require(row.texts().contains(text), "attribute \"%s\" is none of %s", name, row.texts());
      }
    }
  }
}
