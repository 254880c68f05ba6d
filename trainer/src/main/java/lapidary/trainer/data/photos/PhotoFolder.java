package lapidary.trainer.data.photos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;

/**
 * Photos in a folder. Links are followed, as far as they lead to something and not in circles; nothing is read below the
 * fifth level.
 *
 * @param folder the folder
 */
record PhotoFolder(Path folder) implements PhotoFiles {
  private static final int DEPTH = 5;

  @Override
  public String where() {
    return folder.toString();
  }

  @Override
  public List<String> list() {
    try (Stream<Path> walk = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      return walk.filter(path -> !path.equals(folder))
          .map(this::named)
          .filter(path -> !PhotoFiles.isHidden(path))
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new InvalidInputException(
          folder + " cannot be listed: " + e.getMessage() + "; check its links and permissions", e);
    }
  }

  @Override
  public Opened open() {
    return new Opened() {
      @Override
      public InputStream stream(String path) throws IOException {
        Path file = folder.resolve(path);
        // A pipe or a device would give bytes late, or for ever.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
          throw new IOException(path + " is not a regular file");
        }
        WholeFile.requireSize(Files.size(file), path);
        return new WholeFile(Files.newInputStream(file), path, OptionalLong.empty());
      }

      @Override
      public void close() {
        // Every read opens and closes its own file.
      }
    };
  }

  private String named(Path path) {
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      throw new InvalidInputException(path + " is a link that leads nowhere; mend or remove it");
    }
    String name = folder.relativize(path).toString().replace('\\', '/');
    return Files.isDirectory(path) ? name + "/" : name;
  }
}
