package lapidary.cli.cuda;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.models.AtomicFile;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.cuda.CudaCache;
import lapidary.models.cuda.CudaSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings all that CUDA needs beside a driver. */
@Command(
    name = "install",
    description = {
      "Brings what CUDA needs beside NVIDIA's driver: the libraries of CUDA 12, cuDNN 9 and a CUDA build of libtorch, 3 GB from Maven Central, checked and unpacked into the cache (3.6 GB).",
      "From then on --device auto and cuda find them. A run that was cut short goes on where it was; a second one fetches nothing. For Linux x86-64."
    },
    footer = {
      "",
      "Examples:",
      "  ./lapidary cuda install",
      "  ./lapidary cuda install --from /media/stick/jars    # a machine without a network"
    })
public final class CudaInstallCommand implements Callable<Integer> {
  private static final String LICENCES = "LICENCES.txt";

  @Mixin
  private final Answer answer = new Answer();

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      description =
          "Take the jars from a folder or a local Maven repository, or the libraries from a copied cache; nothing is fetched.")
  private @Nullable Path from;

  @Option(
      names = "--repository",
      paramLabel = "URL",
      description =
          "A mirror of Maven Central; default: the one in ~/.m2/settings.xml, else Maven Central itself.")
  private @Nullable URI repository;

  private final Console console;
  private final CudaSet set;

  /**
   * The command.
   *
   * @param set what to bring
   */
  public CudaInstallCommand(Console console, CudaSet set) {
    this.console = console;
    this.set = set;
  }

  /** What was done. */
  record Document(
      String folder,
      int libraries,
      long fetchedBytes,
      long unpackedBytes,
      double seconds,
      List<String> licences) {}

  @Override
  public Integer call() throws InterruptedException {
    requirePlatform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    CudaCache cache = CudaCache.of(console.environment(), set);
    JarSource source = source();
    List<String> licences = Licences.lines(cache.folder().toString());
    licences.forEach(console.err()::println);
    console.err().flush();
    long start = System.nanoTime();
    Installation.Done done =
        new Installation(cache, source, new InstallProgress(console, answer)).run();
    if (done.unpacked() > 0) {
      AtomicFile.writeText(cache.folder().resolve(LICENCES), String.join("\n", licences) + "\n");
    }
    Document document = new Document(
        cache.folder().toString(),
        set.libraries().size(),
        done.fetched(),
        done.unpacked(),
        (System.nanoTime() - start) / 1e9,
        licences.stream().skip(1).map(String::strip).toList());
    return answer.give(console, document, out -> print(document, out));
  }

  private static void print(Document document, PrintWriter out) {
    if (document.unpackedBytes() == 0) {
      out.printf(
          Locale.ROOT,
          "CUDA is there already: %d libraries in %s; nothing was fetched%n",
          document.libraries(),
          document.folder());
      return;
    }
    out.printf(
        Locale.ROOT,
        "CUDA is there now: %d libraries in %s; %,d bytes fetched, %,d unpacked, each sha256 checked, in %.1f s%n",
        document.libraries(),
        document.folder(),
        document.fetchedBytes(),
        document.unpackedBytes(),
        document.seconds());
    out.printf(
        Locale.ROOT,
        "licences: %s/%s; ./lapidary devices says what runs%n",
        document.folder(),
        LICENCES);
  }

  private JarSource source() {
    if (from != null && repository != null) {
      throw new InvalidInputException(
          "--from and --repository say different places; give one of them");
    }
    if (from != null) {
      return new FolderSource(from.toAbsolutePath());
    }
    return new Repository(requireHttp(Optional.ofNullable(repository)
        .or(() -> MavenSettings.mirror(settings()).map(URI::create))
        .orElse(URI.create(Repository.CENTRAL))));
  }

  private static URI requireHttp(URI address) {
    if (!List.of("http", "https").contains(String.valueOf(address.getScheme()))
        || address.getHost() == null) {
      throw new InvalidInputException(
          "repository " + address + " is not an address; give one such as " + Repository.CENTRAL
              + ", or a folder by --from");
    }
    return address;
  }

  private Path settings() {
    String home = console.environment().getOrDefault("HOME", System.getProperty("user.home", "."));
    return Path.of(home, ".m2", "settings.xml");
  }

  /** Another system's libraries have other names. */
  static void requirePlatform(String system, String processor) {
    if (!system.equalsIgnoreCase("Linux") || !List.of("amd64", "x86_64").contains(processor)) {
      throw new EnvironmentException("cuda install brings libraries for Linux x86-64, and this is "
          + system + " " + processor
          + "; install CUDA 12.8 or newer of its generation and cuDNN 9 from NVIDIA, or use the"
          + " device cpu");
    }
  }
}
