package lapidary.runtime;

import java.util.List;
import java.util.Map;
import lapidary.models.Architecture;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.models.DescriptionCodec;
import lapidary.models.IdVocabulary;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;

/**
 * A recommender whose answers can be worked out by hand: users 7 and 9 with factors (1, 2) and (−1, 1), items with factors (1, 0),
 * (0, 1) and (2, −1); rating = user · item + user bias + item bias, with no sigmoid. The unknown user is (0.5, 0.5), the unknown
 * item (0, 4), so that neither answers 0 where a table is off by a row.
 */
final class TinyRecommender {
  static final IdVocabulary USERS = IdVocabulary.inRowOrder(List.of("7", "9"));
  static final IdVocabulary NUMBERED = IdVocabulary.inRowOrder(List.of("30", "50", "80"));
  static final IdVocabulary NAMED = IdVocabulary.inRowOrder(List.of("b", "a", "30"));
  static final Catalogue CATALOGUE = Catalogue.of(List.of(
      new Catalogue.Item("b", "Misérables, Les (1995)", List.of("Drama"), 3, 4.5),
      new Catalogue.Item("a", "One (1990)", List.of(), 0, 0)));

  private TinyRecommender() {}

  static TinyOnnx ratings(IdVocabulary items) {
    return ratingGraph(items)
        .metadata(DescriptionCodec.toMetadata(description(Signature.ofRatings(USERS, items))));
  }

  /** The rating file without a description. */
  static TinyOnnx ratingGraph(IdVocabulary items) {
    return itemTables(items)
        .input("user", TinyOnnx.INT64, -1)
        .labelEncoder("user", "userRow", TinyOnnx.keys(7, 9), 2)
        .weights("users", new long[] {3, 2}, .5f, .5f, 1, 2, -1, 1)
        .weights("userBiases", new long[] {3}, 0, .25f, -.25f)
        .node("Gather", new String[] {"users", "userRow"}, "factors")
        .node("Gather", new String[] {"userBiases", "userRow"}, "userBias")
        .node(
            "Einsum",
            new String[] {"factors", "embedding"},
            "dot",
            TinyOnnx.text("equation", "nf,nf->n"))
        .node("Add", new String[] {"dot", "userBias"}, "part")
        .node("Add", new String[] {"part", "bias"}, "rating")
        .output("rating", TinyOnnx.FLOAT, -1);
  }

  static TinyOnnx items(IdVocabulary items) {
    return itemTables(items)
        .output("embedding", TinyOnnx.FLOAT, -1, 2)
        .output("bias", TinyOnnx.FLOAT, -1)
        .metadata(DescriptionCodec.toMetadata(description(Signature.ofItems(items))));
  }

  private static TinyOnnx itemTables(IdVocabulary items) {
    Proto keys = items.integers()
        ? TinyOnnx.keys(items.toLongs())
        : TinyOnnx.keys(items.ids().toArray(String[]::new));
    return new TinyOnnx()
        .input("item", items.integers() ? TinyOnnx.INT64 : TinyOnnx.STRING, -1)
        .labelEncoder("item", "itemRow", keys, 3)
        .weights("items", new long[] {4, 2}, 0, 4, 1, 0, 0, 1, 2, -1)
        .weights("itemBiases", new long[] {4}, .125f, .5f, -.5f, 1)
        .node("Gather", new String[] {"items", "itemRow"}, "embedding")
        .node("Gather", new String[] {"itemBiases", "itemRow"}, "bias");
  }

  static ModelDescription description(Signature signature) {
    String digest = "0".repeat(64);
    return new ModelDescription(
        new Architecture.Custom("tiny"),
        Task.REGRESSION,
        Labels.NONE,
        signature,
        Provenance.of(new DataSource("tiny", digest, "CC0"), 7, Map.of(), Map.of(), digest),
        ModelDescription.Evidence.NONE);
  }
}
