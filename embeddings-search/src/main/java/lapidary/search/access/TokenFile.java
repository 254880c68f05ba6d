package lapidary.search.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.FileStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens of a file, as it is now. Requests look at it, a second after the last look at the earliest. Thread-safe. */
final class TokenFile implements Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST = 1 << 20;

  private final Path file;
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private volatile Known known;

  /** What a file had when it looked like that. */
  private record Known(FileStamp stamp, TokenList tokens) {
    static Known read(Path file) throws IOException {
      FileStamp stamp = FileStamp.of(file);
      if (stamp.size() > LONGEST) {
        throw new InvalidInputException(
            file + " has " + stamp.size() + " bytes; a file of tokens has " + LONGEST + " at most");
      }
      return new Known(stamp, TokenList.read(Files.readAllLines(file), file.toString()));
    }
  }

  TokenFile(Path file) {
    this.file = file;
    try {
      this.known = Known.read(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private RuntimeException unreadable(IOException e) {
    return FileFailure.reading(
        file.toString(), e, "check the path of the tokens and its permissions");
  }

  @Override
  public Optional<Holder> holder(String sent) {
    long last = looked.get();
    long now = System.nanoTime();
    if (now - last > PAUSE && looked.compareAndSet(last, now)) {
      look();
    }
    return known.tokens().holder(sent);
  }

  /** Reads the file again if it is another one; of one that cannot be read the tokens before stay. */
  void look() {
    Known before = known;
    try {
      FileStamp stamp = FileStamp.of(file);
      if (stamp.equals(before.stamp())) {
        return;
      }
      // What is faulty is told once, and not read again until it is changed.
      known = new Known(stamp, before.tokens());
      known = Known.read(file);
    } catch (IOException e) {
      LOG.error("the tokens stay as they were: {}", unreadable(e).getMessage());
    } catch (InvalidInputException e) {
      LOG.error("the tokens stay as they were: {}", e.getMessage());
    }
  }
}
