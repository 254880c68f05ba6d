package lapidary.runtime.serving.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a folder of models holds: {@code NAME/VERSION/model.onnx} with a number from 1 up as version, or {@code NAME.onnx}, which is
 * version 1. Links are followed. Hidden and temporary names are passed over, and so is all else.
 *
 * @param models files by what they are served as
 * @param odd sentences about what looks like a model and is none
 */
record ModelFolder(SortedMap<ModelKey, Path> models, List<String> odd) {
  private static final String SUFFIX = ".onnx";
  private static final String FILE = "model.onnx";
  private static final Pattern PASSED_OVER = Pattern.compile("\\s*(\\..*)?|.*(~|\\.tmp|\\.part)");
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

  /** Reads a folder. @throws IOException if it is not there or cannot be read; nothing is known then */
  static ModelFolder read(Path folder) throws IOException {
    ModelFolder read = new ModelFolder(new TreeMap<>(), new ArrayList<>());
    List<Path> entries = entries(folder);
    entries.stream().filter(Files::isRegularFile).forEach(read::file);
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        read.versions(entry);
      }
    }
    return read;
  }

  private void file(Path file) {
    String name = name(file);
    if (name.endsWith(SUFFIX) && name.length() > SUFFIX.length()) {
      models.put(new ModelKey(name.substring(0, name.length() - SUFFIX.length()), 1), file);
    }
  }

  private void versions(Path folder) throws IOException {
    List<Path> versions;
    try {
      versions = entries(folder);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Taken away just now.
      return;
    }
    boolean any = false;
    for (Path version : versions) {
      Path file = version.resolve(FILE);
      if (VERSION.matcher(name(version)).matches() && Files.isRegularFile(file)) {
        put(new ModelKey(name(folder), Long.parseLong(name(version))), file);
        any = true;
      }
    }
    if (!any && versions.stream().anyMatch(file -> name(file).endsWith(SUFFIX))) {
      odd.add(folder + " has no version; put its file at " + folder.resolve("1").resolve(FILE));
    }
  }

  private void put(ModelKey key, Path file) {
    Path before = models.put(key, file);
    if (before != null) {
      odd.add(before + " is not served, because " + file + " is version 1 of that name");
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !PASSED_OVER.matcher(name(path)).matches())
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
