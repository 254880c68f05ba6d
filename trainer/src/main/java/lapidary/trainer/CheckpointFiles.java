package lapidary.trainer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.trainer.store.Safetensors;

/**
 * The files of one checkpoint, all opened before any is read: a training that replaces the folder meanwhile changes nothing in
 * them. Each is compared with its digest as it is read. Close it.
 */
final class CheckpointFiles implements AutoCloseable {
  private static final Set<String> REQUIRED = Set.of(Checkpoint.MODEL, Checkpoint.WEIGHTS);

  private final Path folder;
  private final Map<String, String> digests = new HashMap<>();
  private final Map<String, FileChannel> channels = new LinkedHashMap<>();
  private Optional<CheckpointSums> sums = Optional.empty();

  private CheckpointFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder's files.
   *
   * @throws NoSuchFileException if the folder was replaced meanwhile, or a file is missing
   * @throws InvalidInputException if the digests are damaged
   */
  static CheckpointFiles open(Path folder) throws IOException {
    CheckpointFiles files = new CheckpointFiles(folder);
    boolean opened = false;
    try {
      Optional<String> before = files.sumsText();
      files.sums =
          before.map(text -> CheckpointSums.parse(text, folder.resolve(CheckpointSums.FILE)));
      files.openAll();
      // Every checkpoint has sums of its own, so that equal ones mean that nothing was exchanged.
      if (!files.sumsText().equals(before)) {
        throw new NoSuchFileException(folder.toString(), null, "replaced over and over");
      }
      opened = true;
      return files;
    } finally {
      if (!opened) {
        files.close();
      }
    }
  }

  private Optional<String> sumsText() throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve(CheckpointSums.FILE));
      return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void openAll() throws IOException {
    Set<String> needed = sums.map(CheckpointSums::names).orElse(REQUIRED);
    Set<String> wanted = new TreeSet<>(needed);
    wanted.addAll(Checkpoint.FILES);
    for (String name : wanted) {
      try {
        channels.put(name, FileChannel.open(path(name), StandardOpenOption.READ));
      } catch (NoSuchFileException e) {
        if (needed.contains(name)) {
          throw missing(name);
        }
      }
    }
  }

  private NoSuchFileException missing(String name) {
    String reason =
        sums.isPresent() ? "missing, though " + CheckpointSums.FILE + " names it" : "missing";
    return new NoSuchFileException(path(name).toString(), null, reason);
  }

  private FileChannel channel(String name) throws NoSuchFileException {
    FileChannel channel = channels.get(name);
    if (channel == null) {
      throw missing(name);
    }
    return channel;
  }

  boolean has(String name) {
    return channels.containsKey(name);
  }

  /** What to call a file in an error. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** What has to be said of a checkpoint that was written before digests were. */
  List<String> cautions() {
    return sums.isPresent()
        ? List.of()
        : List.of(folder + " has no " + CheckpointSums.FILE
            + ", as checkpoints of earlier versions: except for the weights, it cannot be checked"
            + " whether its files are whole");
  }

  /** A file as text. */
  String text(String name) {
    requireWhole(name);
    return read(
        name, channel -> new String(stream(channel).readAllBytes(), StandardCharsets.UTF_8));
  }

  /** A file of tensors. */
  Safetensors.Contents tensors(String name) {
    requireWhole(name);
    return read(name, channel -> Safetensors.read(channel, path(name).toString()));
  }

  String sha256(String name) {
    return digests.computeIfAbsent(
        name, missing -> read(missing, channel -> Sha256.of(stream(channel))));
  }

  private void requireWhole(String name) {
    sums.ifPresent(present -> present.require(path(name), sha256(name)));
  }

  private static InputStream stream(FileChannel channel) throws IOException {
    return Channels.newInputStream(channel.position(0));
  }

  /** Takes something from an open file. */
  @FunctionalInterface
  private interface Reader<T> {
    T from(FileChannel channel) throws IOException;
  }

  private <T> T read(String name, Reader<T> reader) {
    try {
      return reader.from(channel(name));
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read " + path(name) + ": " + e + "; restore it from a copy, or train again with"
              + " --overwrite",
          e);
    }
  }

  /** Closes the files. Closing again does nothing. */
  @Override
  public void close() {
    for (FileChannel channel : channels.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        // They were only read.
      }
    }
  }
}
