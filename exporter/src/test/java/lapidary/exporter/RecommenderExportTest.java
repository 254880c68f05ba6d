package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.exporter.onnx.Onnx.NodeProto;
import lapidary.exporter.onnx.Onnx.OperatorSetIdProto;
import lapidary.models.Catalogue;
import lapidary.models.DescriptionCodec;
import lapidary.models.IdInput;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Parity;
import lapidary.models.Signature;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw ids through LabelEncoder into the tables of a recommender, judged by DJL and by the rows of the tables themselves. */
class RecommenderExportTest {
  private static final IdVocabulary USERS = IdVocabulary.of(List.of("7", "-3", "9000000000"));
  private static final IdVocabulary ITEMS =
      IdVocabulary.of(List.of("tt1", "007", "Misérables", "7"));
  private static final int FACTORS = 5;

  private static NDManager manager;
  private static Networks.DotProductBias ratings;
  private static Block items;

  @TempDir
  private Path folder;

  /** Embedding [N, factors] and bias [N] of items. */
  private static final class ItemTable extends AbstractBlock {
    private final Block vectors;
    private final Block biases;

    ItemTable(Block vectors, Block biases) {
      this.vectors = addChildBlock("items", vectors);
      this.biases = addChildBlock("itemBias", biases);
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store,
        NDList inputs,
        boolean training,
        PairList<String, Object> parameters) {
      NDArray bias = biases.forward(store, inputs, training).head();
      return new NDList(vectors.forward(store, inputs, training).head(), bias.squeeze(1));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {inputs[0].add(FACTORS), inputs[0]};
    }
  }

  @BeforeAll
  static void build() {
    manager = NDManager.newBaseManager();
    manager.getEngine().setRandomSeed(3);
    ratings = new Networks.DotProductBias(USERS.rows(), ITEMS.rows(), FACTORS);
    ratings.initialize(manager, DataType.FLOAT32, new Shape(2), new Shape(2));
    items = new ItemTable(
        ratings.getChildren().get("02items"), ratings.getChildren().get("04itemBias"));
  }

  @AfterAll
  static void close() {
    manager.close();
  }

  private ExportReport export(Block block, Signature signature, ParityRows rows, int opset) {
    return OnnxExporter.export(
        block,
        description(signature),
        folder.resolve("out.onnx"),
        ExportOptions.defaults().withOpset(opset).withTolerance(1e-5),
        rows);
  }

  private static ModelDescription description(Signature signature) {
    return Fixtures.description(signature.inputs(), signature.outputs());
  }

  private static ParityRows rows() {
    return ParityRows.ids(
        Map.of("user", List.of("7", "-3", "8"), "item", List.of("tt1", "7", "tt2")));
  }

  private static float[] rating(int[] users, int[] items) {
    try (NDManager sub = manager.newSubManager()) {
      NDList rows = new NDList(
          sub.create(users).toType(DataType.INT64, false),
          sub.create(items).toType(DataType.INT64, false));
      NDArray answer =
          ratings.forward(new ParameterStore(sub, false), rows, false).head();
      return answer.toFloatArray();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 18, 19, 20, 21})
  void rawIdsBecomeRatings(int opset) {
    ExportReport report = export(ratings, Signature.ofRatings(USERS, ITEMS), rows(), opset);
    assertThat(report.parity().rows()).isEqualTo("validation");
    assertThat(report.parity().worstRelative()).isLessThanOrEqualTo(1e-5);
    try (Model model = Model.open(report.file(), Device.cpu(1))) {
      long[] users = {-3, 7, 9_000_000_000L, 8, 7, 8};
      String[] items = {"Misérables", "007", "7", "7", "Miserables", ""};
      float[] answers = model
          .run(Map.of("user", Tensor.longs(users, 6), "item", Tensor.strings(items, 6)))
          .get("rating")
          .floats();
      float[] wanted = rating(new int[] {1, 2, 3, IdVocabulary.UNKNOWN, 2, 0}, new int[] {
        ITEMS.row("Misérables"), ITEMS.row("007"), ITEMS.row("7"), ITEMS.row("7"), 0, 0
      });
      assertThat(answers).containsExactly(wanted, within(1e-5f));
      assertThat(answers).doesNotHaveDuplicates();
    }
  }

  @Test
  void theSecondFileGivesTheItemsOwnRows() {
    ExportReport report =
        export(items, Signature.ofItems(ITEMS), ParityRows.random(1), ExportOptions.OLDEST_OPSET);
    NDArray table =
        ratings.getChildren().get("02items").getParameters().valueAt(0).getArray();
    NDArray biases =
        ratings.getChildren().get("04itemBias").getParameters().valueAt(0).getArray();
    try (Model model = Model.open(report.file(), Device.cpu(1))) {
      Map<String, Tensor> answers = model.run(
          Map.of("item", Tensor.strings(new String[] {"7", "8", "tt1", "007", "Misérables"}, 5)));
      assertThat(answers.get("embedding").shape()).containsExactly(5, FACTORS);
      assertThat(answers.get("bias").shape()).containsExactly(5);
      int[] rows = {ITEMS.row("7"), 0, ITEMS.row("tt1"), ITEMS.row("007"), ITEMS.row("Misérables")};
      for (int i = 0; i < rows.length; i++) {
        float[] vector =
            Arrays.copyOfRange(answers.get("embedding").floats(), i * FACTORS, (i + 1) * FACTORS);
        assertThat(vector).containsExactly(table.get(rows[i]).toFloatArray());
        assertThat(answers.get("bias").floats()[i]).isEqualTo(biases.getFloat(rows[i], 0));
      }
    }
  }

  @Test
  void onlyFilesThatNeedItImportTheMlOperators() throws Exception {
    ExportReport report = export(ratings, Signature.ofRatings(USERS, ITEMS), rows(), 17);
    ModelProto model = ModelFile.read(report.file());
    assertThat(model.getOpsetImportList())
        .extracting(OperatorSetIdProto::getDomain, OperatorSetIdProto::getVersion)
        .containsExactly(tuple("", 17L), tuple("ai.onnx.ml", 3L));
    assertThat(model.getGraph().getNodeList())
        .filteredOn(node -> node.getDomain().equals("ai.onnx.ml"))
        .extracting(NodeProto::getOpType, NodeProto::getName)
        .containsExactly(
            tuple("LabelEncoder", "user/LabelEncoder"), tuple("LabelEncoder", "item/LabelEncoder"));
    Signature rowsOnly = new Signature(
        List.of(Fixtures.ids("user"), Fixtures.ids("item")),
        Signature.ofRatings(USERS, ITEMS).outputs());
    export(ratings, rowsOnly, ParityRows.random(2), 17);
    assertThat(ModelFile.read(folder.resolve("out.onnx")).getOpsetImportCount()).isEqualTo(1);
  }

  @Test
  void theHalfPrecisionFileStillTakesRawIds() {
    ExportReport report = OnnxExporter.export(
        ratings,
        description(Signature.ofRatings(USERS, ITEMS)),
        folder.resolve("half.onnx"),
        ExportOptions.defaults().withPrecision(Precision.FP16),
        rows());
    assertThat(report.parity().holds()).isTrue();
  }

  @Test
  void theCatalogueTravelsInTheMetadataAndBytesRepeat() throws Exception {
    Catalogue catalogue = Catalogue.of(List.of(
        new Catalogue.Item("tt1", "One", List.of("Drama"), 3, 2.5),
        new Catalogue.Item("007", "Seven", List.of(), 1, 4)));
    ExportOptions options =
        ExportOptions.defaults().withMetadata(DescriptionCodec.toMetadata(catalogue));
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    ModelDescription description = description(Signature.ofItems(ITEMS));
    for (Path file : List.of(first, second)) {
      OnnxExporter.export(items, description, file, options, ParityRows.random(4));
    }
    assertThat(first).hasSameBinaryContentAs(second);
    assertThat(ModelFile.read(first).getMetadataPropsList().stream()
            .map(entry -> entry.getKey())
            .toList())
        .isSorted();
    try (Model model = Model.open(first, Device.cpu(1))) {
      assertThat(DescriptionCodec.catalogueFrom(model.metadata(), "first.onnx"))
          .hasValue(catalogue);
      assertThat(model.description().orElseThrow().signature()).isEqualTo(description.signature());
    }
  }

  @Test
  void metadataOfOthersAndOfTheDescriptionIsRefused() {
    ExportOptions options = ExportOptions.defaults();
    assertThatThrownBy(() -> options.withMetadata(Map.of("author", "x")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("metadata \"author\" cannot be written; begin its name with lapidary.");
    assertThatThrownBy(() -> OnnxExporter.export(
            items,
            description(Signature.ofItems(ITEMS)),
            folder.resolve("out.onnx"),
            options.withMetadata(Map.of("lapidary.card", "x")),
            ParityRows.random(4)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("metadata lapidary.card is written from the model's description");
  }

  @Test
  void comparedRowsHoldEveryCombinationOfUnknownIds() {
    RowSource rows = (RowSource) rows();
    List<String> users = rows.ids(new IdInput("user", USERS), 0, 12);
    List<String> films = rows.ids(new IdInput("item", ITEMS), 0, 12);
    assertThat(users)
        .containsExactly("7", "-3", "8", "7", "-3", "0", "7", "-3", "0", "7", "-3", "8");
    assertThat(films)
        .containsExactly(
            "tt1",
            "7",
            "unknown0",
            "tt1",
            "7",
            "tt2",
            "tt1",
            "7",
            "unknown0",
            "tt1",
            "7",
            "unknown0");
    List<String> drawn = ((RowSource) ParityRows.random(5)).ids(new IdInput("item", ITEMS), 0, 100);
    assertThat(drawn).contains("unknown0", "tt1", "007", "7", "Misérables");
  }

  @Test
  void rowsThatDoNotFillTheInputsAreRefused() {
    assertThatThrownBy(() -> ParityRows.ids(Map.of("user", List.of("1"), "item", List.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("columns [item, user] have lengths [0, 1]");
    assertThatThrownBy(() -> ParityRows.ids(Map.of())).hasMessageContaining("at least one row");
    ParityRows usersOnly = ParityRows.ids(Map.of("user", List.of("7")));
    assertThatThrownBy(() -> export(ratings, Signature.ofRatings(USERS, ITEMS), usersOnly, 17))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("rows of ids for [user] do not fill input item");
  }

  @Test
  void anotherVocabularyIsFoundByVerify() {
    Signature signature = Signature.ofRatings(USERS, ITEMS);
    ExportReport report = export(ratings, signature, rows(), 17);
    IdVocabulary shifted = IdVocabulary.inRowOrder(List.of("9000000000", "7", "-3"));
    Parity parity = OnnxExporter.verify(
        ratings, description(Signature.ofRatings(shifted, ITEMS)), report.file(), 1e-5, rows());
    assertThat(parity.holds()).isFalse();
  }
}
