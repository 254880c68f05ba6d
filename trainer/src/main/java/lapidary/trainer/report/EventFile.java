package lapidary.trainer.report;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.zip.CRC32C;
import lapidary.models.FileFailure;

/**
 * A TensorBoard event file of scalars: TFRecord frames (length, masked CRC-32C, data, masked CRC-32C) of {@code Event} messages.
 * A resumed run opens a new file; TensorBoard joins the files of a folder. Not thread-safe; close it.
 */
public final class EventFile implements Closeable {
  private final OutputStream out;
  private final Clock clock;
  private final Path file;

  private EventFile(OutputStream out, Clock clock, Path file) {
    this.out = out;
    this.clock = clock;
    this.file = file;
  }

  /**
   * Creates a file of its own in {@code folder}, named after the time.
   *
   * @param clock gives the wall time of every event
   * @throws lapidary.models.InvalidInputException if the file cannot be created there
   * @throws lapidary.models.EnvironmentException if the disk is full or broken
   */
  public static EventFile create(Path folder, Clock clock) {
    try {
      Files.createDirectories(folder);
      Path file =
          free(folder, "events.out.tfevents." + clock.instant().getEpochSecond() + ".lapidary");
      OutputStream out = new BufferedOutputStream(
          Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      EventFile events = new EventFile(out, clock, file);
      events.append(ScalarEvent.version(events.now()));
      return events;
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot write TensorBoard events into " + folder,
          folder,
          e,
          "choose a folder you can write to");
    }
  }

  private static Path free(Path folder, String name) {
    Path file = folder.resolve(name);
    for (int i = 1; Files.exists(file); i++) {
      file = folder.resolve(name + "." + i);
    }
    return file;
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /**
   * Appends one value of the curve {@code tag}, such as {@code loss/train}, at a step. Later values of a tag have later steps.
   *
   * @throws lapidary.models.EnvironmentException if the disk is full or gone
   */
  public void scalar(String tag, long step, float value) {
    try {
      append(ScalarEvent.scalar(now(), step, tag, value));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Hands everything appended so far to the file, so that a TensorBoard that watches it sees it. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(IOException e) {
    return FileFailure.writing(file, e);
  }

  private double now() {
    return clock.millis() / 1e3;
  }

  private void append(byte[] event) throws IOException {
    byte[] length = ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(event.length)
        .array();
    out.write(length);
    out.write(maskedCrc(length));
    out.write(event);
    out.write(maskedCrc(event));
  }

  /** TFRecord turns and shifts a checksum, so that checksums of data that holds checksums stay good. */
  static byte[] maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    return ByteBuffer.allocate(Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(masked)
        .array();
  }

  /** TensorFlow's {@code Event} message, as far as scalars need it, in protobuf's wire format. */
  private static final class ScalarEvent {
    private static final int WALL_TIME = 1 << 3 | 1;
    private static final int STEP = 2 << 3;
    private static final int FILE_VERSION = 3 << 3 | 2;
    private static final int SUMMARY = 5 << 3 | 2;
    private static final int VALUE = 1 << 3 | 2;
    private static final int TAG = 1 << 3 | 2;
    private static final int SIMPLE_VALUE = 2 << 3 | 5;

    private ScalarEvent() {}

    static byte[] version(double time) {
      return new WireMessage()
          .fixed64(WALL_TIME, time)
          .bytes(FILE_VERSION, utf8("brain.Event:2"))
          .toByteArray();
    }

    static byte[] scalar(double time, long step, String tag, float value) {
      byte[] entry =
          new WireMessage().bytes(TAG, utf8(tag)).fixed32(SIMPLE_VALUE, value).toByteArray();
      return new WireMessage()
          .fixed64(WALL_TIME, time)
          .varint(STEP, step)
          .bytes(SUMMARY, new WireMessage().bytes(VALUE, entry).toByteArray())
          .toByteArray();
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
