package lapidary.cli.train;

import java.nio.file.Path;
import java.time.Clock;
import lapidary.trainer.ProgressListener;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.report.EventFile;

/** Passes progress on and writes its numbers as TensorBoard scalars, a step an epoch. */
final class TensorBoardEvents implements ProgressListener, AutoCloseable {
  private final ProgressListener next;
  private final EventFile events;

  TensorBoardEvents(Path folder, ProgressListener next) {
    this.next = next;
    this.events = EventFile.create(folder, Clock.systemUTC());
  }

  @Override
  public void started(DeviceChoice device, FitPosition from) {
    next.started(device, from);
  }

  @Override
  public void prepared(String sentence) {
    next.prepared(sentence);
  }

  @Override
  public void cautioned(String sentence) {
    next.cautioned(sentence);
  }

  @Override
  public void batchDone(FitListener.BatchProgress progress) {
    next.batchDone(progress);
  }

  @Override
  public void epochDone(EpochResult result) {
    next.epochDone(result);
    int step = result.epoch();
    events.scalar("loss/train", step, (float) result.trainLoss());
    events.scalar("loss/valid", step, (float) result.validLoss());
    result
        .metrics()
        .forEach((name, value) -> events.scalar("metric/" + name, step, value.floatValue()));
    events.scalar("rate/learning_rate", step, (float) result.rate().learningRate());
    events.scalar("rate/momentum", step, (float) result.rate().momentum());
    events.scalar("speed/examples_per_second", step, (float) result.cost().examplesPerSecond());
    events.flush();
  }

  @Override
  public void close() {
    events.close();
  }
}
