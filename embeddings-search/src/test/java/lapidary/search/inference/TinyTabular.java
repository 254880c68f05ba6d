package lapidary.search.inference;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import lapidary.models.CategoryInput;
import lapidary.models.CellForm;
import lapidary.models.DateInput;
import lapidary.models.DateOrder;
import lapidary.models.DatePart;
import lapidary.models.DecimalMark;
import lapidary.models.IdVocabulary;
import lapidary.models.Labels;
import lapidary.models.NumberInput;
import lapidary.models.Output;
import lapidary.models.Signature;
import lapidary.models.Task;

/** ONNX files that take rows of a table or pairs of ids, whose answers can be worked out in the head. */
public final class TinyTabular {
  private TinyTabular() {}

  /**
   * {@code prediction = 100 · row of the colour + size + days since 1970}; red has row 1, blue 2, anything else 0. Numbers are written with a
   * decimal comma.
   */
  public static TinyModel sum() {
    CellForm commas =
        new CellForm(new TreeSet<>(List.of("")), DecimalMark.COMMA, DateOrder.DAY_FIRST);
    IdVocabulary months = IdVocabulary.of(List.of("1", "7"));
    return coloured()
        .port(11, "size", 1, -1, 1)
        .port(11, "sold", TinyModel.TYPES.get(Datatype.INT64), -1, 1)
        .node("Cast", List.of("sold"), "day", "to", 1)
        .node("Add", List.of("hundreds", "size"), "part")
        .node("Add", List.of("part", "day"), "all")
        .weights("one", List.of(1L), 1)
        // [N, 1] times [1] is [N].
        .node("MatMul", List.of("all", "one"), Output.PREDICTION)
        .port(12, Output.PREDICTION, 1, -1)
        .described(TinyModel.description(
            Task.REGRESSION,
            Labels.NONE,
            new Signature(
                List.of(
                    colour(),
                    new NumberInput("size", 0, 2.5f, 1, false, Optional.of(commas)),
                    new DateInput(
                        "sold",
                        List.of(new DateInput.Part(DatePart.MONTH, months)),
                        Optional.of(commas))),
                List.of(Output.of(Output.PREDICTION, 0)))));
  }

  private static CategoryInput colour() {
    return new CategoryInput("colour", IdVocabulary.inRowOrder(List.of("red", "blue")));
  }

  private static TinyModel coloured() {
    return new TinyModel()
        .port(11, "colour", TinyModel.TYPES.get(Datatype.BYTES), -1, 1)
        .lookup("colour", List.of("red", "blue"), "row")
        .node("Cast", List.of("row"), "real", "to", 1)
        .weights("hundred", List.of(1L), 100)
        .node("Mul", List.of("real", "hundred"), "hundreds");
  }

  /** {@code rating = 10 · row of the user + row of the item}; users ann and bob, items tea and cake, in this order from row 1; others have row 0. */
  public static TinyModel ratings() {
    IdVocabulary users = IdVocabulary.inRowOrder(List.of("ann", "bob"));
    IdVocabulary items = IdVocabulary.inRowOrder(List.of("tea", "cake"));
    return new TinyModel()
        .port(11, "user", TinyModel.TYPES.get(Datatype.BYTES), -1)
        .port(11, "item", TinyModel.TYPES.get(Datatype.BYTES), -1)
        .lookup("user", users.ids(), "userRow")
        .lookup("item", items.ids(), "itemRow")
        .node("Cast", List.of("userRow"), "userReal", "to", 1)
        .node("Cast", List.of("itemRow"), "itemReal", "to", 1)
        .weights("ten", List.of(1L), 10)
        .node("Mul", List.of("userReal", "ten"), "tens")
        .node("Add", List.of("tens", "itemReal"), Output.RATING)
        .port(12, Output.RATING, 1, -1)
        .described(
            TinyModel.description(Task.REGRESSION, Labels.NONE, Signature.ofRatings(users, items)));
  }
}
