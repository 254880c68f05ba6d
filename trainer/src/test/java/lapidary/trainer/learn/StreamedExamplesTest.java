package lapidary.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.Arrays;
import java.util.function.LongPredicate;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.network.Network;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that come one batch after another, some of which cannot be read. */
final class StreamedExamplesTest {
  private final SumSign problem = new SumSign();

  @AfterEach
  void close() {
    problem.close();
  }

  @Test
  void aStreamTeachesWhatWholeTensorsTeach() {
    try (Network whole = SumSign.network(SumSign.deep());
        Network streamed = SumSign.network(SumSign.deep());
        Learner one = problem.learner(whole, Losses.crossEntropy());
        Learner two = learner(streamed, new Stream(row -> true))) {
      streamed.restore(whole.weights());
      FitResult wanted = one.fit(2, 0.01);
      FitResult found = two.fit(2, 0.01);
      assertThat(SumSign.weights(streamed))
          .usingRecursiveComparison()
          .isEqualTo(SumSign.weights(whole));
      assertThat(found.epochs().get(1).validLoss())
          .isCloseTo(wanted.epochs().get(1).validLoss(), within(1e-6));
      assertThat(found.epochs().get(1).metrics())
          .isEqualTo(wanted.epochs().get(1).metrics());
    }
  }

  @Test
  void rowsThatCannotBeReadCountNowhere() {
    Stream even = new Stream(row -> row % 2 == 0);
    Linear plain = Linear.builder().setUnits(2).build();
    try (Network network = SumSign.network(plain);
        Learner learner = learner(network, even)) {
      assertThat(learner.predictions().rows()).isEqualTo((problem.rows().rows() + 1) / 2);
      double before = learner.validate().loss();
      // A rate of next to nothing leaves the weights: both means are over the same rows and
      // numbers.
      double during = learner.fit(1, 1e-12).epochs().get(0).trainLoss();
      assertThat(during).isCloseTo(before, within(1e-6));
    }
  }

  @Test
  void aBatchTooSmallForBatchNormIsPassedOver() {
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = learner(network, new Stream(row -> row % 12 == 0))) {
      FitResult result = learner.fit(2, 0.01);
      assertThat(result.epochs().get(1).trainLoss()).isFinite().isPositive();
      assertThat(learner.predictions().rows()).isEqualTo(8);
    }
  }

  @Test
  void aRateSearchPassesOverThemToo() {
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = learner(network, new Stream(row -> row % 12 == 0))) {
      RateCurve curve = learner.findRate(new RateSearch(1e-6, 1e-3, 8, 100));
      assertThat(curve.losses()).hasSize(8).allMatch(Double::isFinite);
    }
  }

  @Test
  void aStoppedFitEndsItsPassAndCountsItsRows() {
    Stream stream = new Stream(row -> row % 2 == 0);
    FitPosition[] position = new FitPosition[1];
    try (Network network = SumSign.network(SumSign.deep());
        Learner learner = learner(network, stream)) {
      FitPlan plan = new FitPlan(3, LearningRates.all(0.01), Schedule.constant());
      learner.fit(plan, FitPosition.START, new FitListener() {
        @Override
        public void batchDone(BatchProgress progress) {
          if (progress.batch() == 2) {
            learner.stop();
          }
        }

        @Override
        public void stopped(FitPosition at) {
          position[0] = at;
        }
      });
      assertThat(stream.open).isZero();
      assertThat(position[0].rows()).isEqualTo(stream.given);
      assertThat(position[0].batch()).isEqualTo(2);
    }
  }

  private Learner learner(Network network, Stream stream) {
    return Learner.of(
        network,
        new LearnerData(stream, stream),
        SumSign.objective(Losses.crossEntropy()),
        SumSign.OPTIONS);
  }

  /** The problem's rows, gathered when they are asked for. */
  private final class Stream implements Examples {
    private final LongPredicate readable;
    private int open;
    // In the last pass: a pass over one batch comes before the first epoch's, to compare it with
    // its rows.
    private long given;

    Stream(LongPredicate readable) {
      this.readable = readable;
    }

    @Override
    public int rows() {
      return problem.rows().rows();
    }

    @Override
    public int rowsAtOnce() {
      return 7;
    }

    @Override
    public Pass pass(BatchOrder order, int from) {
      open++;
      given = 0;
      return new Pass() {
        private int next = from;

        @Override
        public Batch next(NDManager scope) {
          long[] rows = Arrays.stream(order.batch(next++)).filter(readable).toArray();
          given += rows.length;
          if (rows.length == 0) {
            return new Batch(new NDList(scope.zeros(new Shape(0))), scope.zeros(new Shape(0)));
          }
          return problem.rows().batch(scope.create(rows));
        }

        @Override
        public void close() {
          open--;
        }
      };
    }

    @Override
    public void close() {}
  }
}
