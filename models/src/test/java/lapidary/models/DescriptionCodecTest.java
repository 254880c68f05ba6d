package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DescriptionCodecTest {
  static final ModelDescription DESCRIPTION = new ModelDescription(
          new Architecture.MnistNn(12, 5, 3),
          Task.CLASSIFICATION,
          new Labels(List.of("coat", "T-shirt/top", "sac à dos")),
          new Signature(
              List.of(
                  ImageInput.flatGrey(3, 4, new Normalization(List.of(0.2860f), List.of(0.3530f)))),
              List.of(
                  Output.of("logits", 0),
                  Output.softmax("probabilities", 0),
                  Output.of("features", 1))),
          Provenance.of(
              new DataSource("tiny", "00ff", "MIT"),
              7,
              Map.of("lr", "1e-3", "batch", "64"),
              Map.of("djl", "0.35.1"),
              "ab12"),
          ModelDescription.Evidence.NONE)
      .withScores(Map.of("accuracy", 0.8607))
      .withParity(new Parity(
          1e-4,
          "validation",
          List.of(1, 3, 8),
          List.of(new Parity.Difference(
              "logits",
              1e-6,
              3e-7,
              true,
              Optional.of(Ulps.of(0, 0, 1, 70)),
              Optional.of(new Parity.Top1(12, 11, 1)))),
          Optional.of(new Parity.Setting(
              "PyTorch 2.7.1",
              "ONNX Runtime 1.29.0",
              List.of(
                  new Parity.Sizes(3, new TreeMap<>(Map.of("pixels", List.of(3L, 4L, 1L)))))))));

  @Test
  void jsonRoundTripKeepsEveryField() {
    assertThat(DescriptionCodec.fromJson(DescriptionCodec.toJson(DESCRIPTION), "model.json"))
        .isEqualTo(DESCRIPTION);
  }

  @Test
  void metadataRoundTripKeepsEveryFieldAndIsWrittenAlikeEveryTime() {
    SortedMap<String, String> metadata = DescriptionCodec.toMetadata(DESCRIPTION);
    assertThat(DescriptionCodec.fromMetadata(metadata, "m.onnx")).hasValue(DESCRIPTION);
    assertThat(DescriptionCodec.toMetadata(DESCRIPTION)).isEqualTo(metadata);
    assertThat(metadata)
        .containsEntry("lapidary.schema", "1")
        .containsEntry("lapidary.model", "mnist-nn");
    assertThat(metadata.get("lapidary.card"))
        .contains("accuracy: 0.8607", "coat, T-shirt/top, sac à dos", "784 → 50")
        .endsWith("""
            - Parity with the trainer: worst relative difference 3.0e-07 (allowed 1.0e-04) on validation rows, batches [1, 3, 8]
              - logits: absolute 1.0e-06, relative 3.0e-07; ulps 0: 50.0 %, 1: 25.0 %, 64+: 25.0 %; same top answer in 11 of 12 rows, as good a one in 1
              - ONNX Runtime 1.29.0 against PyTorch 2.7.1
              - pixels [3, 4, 1] in batches [3]
            """);
  }

  @Test
  void everyKindOfArchitectureAndInputSurvives() {
    for (Architecture architecture : List.of(
        new Architecture.MnistLogistic(784, 10),
        new Architecture.MnistNn(784, 50, 10),
        new Architecture.Custom("my net"))) {
      ModelDescription changed = new ModelDescription(
          architecture,
          Task.TENSORS,
          Labels.NONE,
          new Signature(
              List.of(new TensorInput("x", ElementType.FLOAT32, List.of(3L, 5L))),
              List.of(Output.of("y", 0))),
          DESCRIPTION.provenance(),
          ModelDescription.Evidence.NONE);
      assertThat(DescriptionCodec.fromJson(DescriptionCodec.toJson(changed), "x"))
          .isEqualTo(changed);
    }
  }

  @Test
  void aNetworkOfOnesOwnIsDescribedByItsInputsAndOutputsAlone() {
    List<TensorInput> inputs = List.of(new TensorInput("x", ElementType.FLOAT32, List.of(3L, 5L)));
    ModelDescription own = ModelDescription.custom("my net", inputs, "mean", "deviation");
    assertThat(own)
        .isEqualTo(ModelDescription.custom(
            "my net", inputs, List.of(Output.of("mean", 0), Output.of("deviation", 1))));
    SortedMap<String, String> metadata = DescriptionCodec.toMetadata(own);
    assertThat(DescriptionCodec.fromMetadata(metadata, "m.onnx")).hasValue(own);
    assertThat(metadata.get("lapidary.card")).isEqualTo("""
            # my net

            ## This file

            - Task: tensors
            - Data, seed, options and weights: not told
            """);
    assertThatThrownBy(() -> ModelDescription.custom(" ", inputs, "y"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("give it one");
    assertThatThrownBy(() -> ModelDescription.custom("my net", inputs))
        .hasMessageContaining("at least one input and one output");
  }

  /** As files and checkpoints have it that were written before parity told more. */
  @Test
  void parityWithoutUlpsAndSizesIsRead() {
    Map<String, String> metadata = new TreeMap<>(DescriptionCodec.toMetadata(DESCRIPTION));
    metadata.put(
        "lapidary.evidence",
        "{\"parity\":{\"batches\":[1,3,8],\"outputs\":[{\"absolute\":1.0E-6,\"output\":\"logits\","
            + "\"relative\":3.0E-7,\"sameTop1\":true}],\"rows\":\"validation\",\"tolerance\":1.0E-4},"
            + "\"scores\":{\"accuracy\":0.8607}}");
    Parity read = DescriptionCodec.fromMetadata(metadata, "m.onnx")
        .flatMap(description -> description.evidence().parity())
        .orElseThrow();
    assertThat(read)
        .isEqualTo(new Parity(
            1e-4,
            "validation",
            List.of(1, 3, 8),
            List.of(new Parity.Difference("logits", 1e-6, 3e-7, true))));
    assertThat(ParityText.of(read.outputs().get(0)))
        .isEqualTo("absolute 1.0e-06, relative 3.0e-07");
  }

  @Test
  void idInputsAndCataloguesSurvive() {
    ModelDescription movies = new ModelDescription(
        new Architecture.Collab(3, 4, 2, 0, 5.5),
        Task.REGRESSION,
        Labels.NONE,
        new Signature(
            List.of(
                IdInput.of("user", List.of("7", "-3")),
                IdInput.of("item", List.of("tt1", "tt2", "007"))),
            List.of(Output.of("rating", 0))),
        DESCRIPTION.provenance(),
        ModelDescription.Evidence.NONE);
    Map<String, String> metadata = DescriptionCodec.toMetadata(movies);
    assertThat(metadata.get("lapidary.signature"))
        .contains("{\"kind\":\"id\",\"ids\":[\"7\",\"-3\"],\"name\":\"user\"}");
    assertThat(DescriptionCodec.fromMetadata(metadata, "m.onnx")).hasValue(movies);
    Catalogue catalogue = Catalogue.of(List.of(
        new Catalogue.Item("tt1", "Misérables, Les (1995)", List.of("Drama", "Musical"), 12, 3.5)));
    assertThat(DescriptionCodec.catalogueFrom(DescriptionCodec.toMetadata(catalogue), "m.onnx"))
        .hasValue(catalogue);
    assertThat(DescriptionCodec.catalogueFrom(Map.of(), "m.onnx")).isEmpty();
    assertThatThrownBy(
            () -> DescriptionCodec.catalogueFrom(Map.of("lapidary.catalogue", "[{"), "m.onnx"))
        .hasMessageStartingWith("m.onnx, metadata lapidary.catalogue is damaged");
    assertThatThrownBy(() -> DescriptionCodec.fromMetadata(
            replace(metadata, "lapidary.signature", "\"-3\"", "\"7\""), "m.onnx"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("m.onnx, metadata lapidary.signature is damaged")
        .hasMessageContaining("id \"7\" is there twice");
  }

  @Test
  void aFileWithoutLapidaryMetadataIsNoError() {
    assertThat(DescriptionCodec.fromMetadata(Map.of("author", "someone"), "other.onnx"))
        .isEmpty();
  }

  @Test
  void damagedOrNewerMetadataGetsASentenceNamingTheFile() {
    SortedMap<String, String> metadata = new TreeMap<>(DescriptionCodec.toMetadata(DESCRIPTION));
    metadata.put("lapidary.schema", "2");
    assertThatThrownBy(() -> DescriptionCodec.fromMetadata(metadata, "m.onnx"))
        .hasMessage(
            "m.onnx has Lapidary metadata of schema 2, this version reads up to 1; update Lapidary");
    metadata.put("lapidary.schema", "1");
    metadata.put("lapidary.signature", "{\"inputs\": [");
    assertThatThrownBy(() -> DescriptionCodec.fromMetadata(metadata, "m.onnx"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("m.onnx, metadata lapidary.signature is damaged");
    metadata.remove("lapidary.signature");
    assertThatThrownBy(() -> DescriptionCodec.fromMetadata(metadata, "m.onnx"))
        .hasMessage("m.onnx lacks metadata lapidary.signature; export it again");
  }

  @Test
  void jsonTellsItsSchemaAndIsReadWithoutOneAsTheFirst() {
    String json = DescriptionCodec.toJson(DESCRIPTION);
    assertThat(json).startsWith("{\n  \"schema\" : 1,\n  \"architecture\" : {");
    String first = json.replace("\"schema\" : 1,", "");
    assertThat(DescriptionCodec.fromJson(first, "model.json")).isEqualTo(DESCRIPTION);
  }

  @Test
  void newerJsonIsRefusedBeforeItsFieldsAre() {
    for (String schema : List.of("2", "\"1.5\"", "-1", "null", "99999999999")) {
      String newer = "{\"schema\": " + schema + ", \"unheard\": {}}";
      assertThatThrownBy(() -> DescriptionCodec.fromJson(newer, "model.json"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("model.json is of schema " + schema.replace("\"", "")
              + ", this version reads up to 1; update Lapidary");
    }
  }

  @Test
  void jsonOfAnotherShapeIsRefused() {
    assertThatThrownBy(() ->
            DescriptionCodec.fromJson("{\"architecture\": {\"name\": \"alexnet\"}}", "model.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("model.json is damaged");
    assertThatThrownBy(() -> DescriptionCodec.fromJson("null", "model.json"))
        .hasMessageContaining("is empty");
  }

  private static Map<String, String> replace(
      Map<String, String> metadata, String key, String from, String to) {
    Map<String, String> changed = new java.util.TreeMap<>(metadata);
    changed.computeIfPresent(key, (unused, text) -> text.replace(from, to));
    return changed;
  }
}
