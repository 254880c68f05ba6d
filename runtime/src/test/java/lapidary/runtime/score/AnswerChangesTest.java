package lapidary.runtime.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

/** Changes of answers, worked out by hand. */
final class AnswerChangesTest {
  @Test
  void classesAgreeWhereTheMostProbableIsTheSame() {
    List<float[]> model = List.of(
        new float[] {.5f, .25f, .25f}, new float[] {.125f, .75f, .125f}, new float[] {.5f, .5f, 0});
    List<float[]> against = List.of(
        new float[] {.25f, .5f, .25f}, new float[] {.25f, .5f, .25f}, new float[] {.5f, .5f, 0});
    AnswerChanges found = AnswerChanges.ofClasses(model, against);
    assertThat(found.count()).isEqualTo(3);
    assertThat(found.agreement()).isEqualTo(2 / 3.0);
    assertThat(found.tolerance()).isEmpty();
    assertThat(found.meanChange()).isEqualTo(.5 / 3, within(1e-12));
    assertThat(found.largest())
        .isEqualTo(new AnswerChanges.Largest(
            0, 0, .25, new AnswerChanges.Answer(0, .5f), new AnswerChanges.Answer(1, .5f)));
  }

  @Test
  void numbersAgreeWithinAShareOfTheOthersMeanSize() {
    List<float[]> against = List.of(new float[] {-100}, new float[] {300}, new float[] {200});
    List<float[]> model = List.of(new float[] {-102}, new float[] {299}, new float[] {205});
    AnswerChanges found = AnswerChanges.ofNumbers(model, against, .01);
    assertThat(found.tolerance()).hasValue(2);
    assertThat(found.agreement()).isEqualTo(2 / 3.0);
    assertThat(found.meanChange()).isEqualTo(8 / 3.0, within(1e-12));
    assertThat(found.largest())
        .isEqualTo(new AnswerChanges.Largest(
            2, 0, 5, new AnswerChanges.Answer(0, 205), new AnswerChanges.Answer(0, 200)));
    assertThat(AnswerChanges.ofNumbers(model, against, 0).agreement()).isZero();
    assertThat(AnswerChanges.ofNumbers(against, against, 0).agreement()).isEqualTo(1);
  }

  @Test
  void aRowOfManyNumbersChangesAsMuchAsTheOneThatChangesMost() {
    AnswerChanges found = AnswerChanges.ofNumbers(
        List.of(new float[] {1, 2, 3, 4}, new float[] {1, 9, 1, 1}),
        List.of(new float[] {1, 2, 3.5f, 4}, new float[] {1, 1, 1, 1}),
        1);
    assertThat(found.meanChange()).isEqualTo(4.25);
    assertThat(found.agreement()).isEqualTo(.5);
    assertThat(found.largest().row()).isEqualTo(1);
    assertThat(found.largest().place()).isEqualTo(1);
    assertThat(found.largest().model().value()).isEqualTo(9);
  }

  @Test
  void answersThatAreNotAlikeAreRefused() {
    List<float[]> one = List.of(new float[] {1});
    refused("1 answers cannot be compared with 0", one, List.of(), .01);
    refused("row 0 has 1 values and 2", one, List.of(new float[] {1, 2}), .01);
    refused("tolerance -1.0 is not a share", one, one, -1);
    refused("tolerance NaN is not a share", one, one, Double.NaN);
  }

  private static void refused(
      String sentence, List<float[]> model, List<float[]> against, double share) {
    assertThatThrownBy(() -> AnswerChanges.ofNumbers(model, against, share))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence);
  }
}
