package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lapidary.cli.console.Console;
import lapidary.cli.console.Errors;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.Output;
import lapidary.cli.cuda.CudaInstallCommand;
import lapidary.models.Sha256;
import lapidary.models.cuda.CudaArtifact;
import lapidary.models.cuda.CudaCache;
import lapidary.models.cuda.CudaSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command that brings CUDA, with small jars from a repository in this process. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class CudaInstallTest {
  private static final int LIBRARY = 300_000;

  @TempDir
  Path folder;

  private final List<String> lines = new ArrayList<>();
  private JarServer server;
  private Path home;
  private CudaSet set;
  private Path cache;

  @BeforeEach
  void aRepositoryWithTwoJars() throws IOException {
    server = JarServer.start();
    home = Files.createDirectories(folder.resolve("home"));
    publish("one", "cuda/libone.so.1", "cuda/libtwo.so.2");
    publish("three", "torch/libthree.so");
    set = CudaSet.of("test", lines);
    cache = home.resolve(".cache/lapidary/cuda/test");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A jar with libraries that do not compress, and one that nobody wants. */
  private void publish(String id, String... libraries) throws IOException {
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar)) {
      for (String library : libraries) {
        byte[] content = new byte[LIBRARY];
        new SplittableRandom(library.hashCode()).nextBytes(content);
        put(zip, "native/" + library, content);
        lines.add(String.join(
            " ",
            "library",
            id,
            "group",
            library,
            "" + LIBRARY,
            Sha256.of(content),
            "native/" + library));
      }
      put(zip, "native/libunwanted.so", new byte[10]);
    }
    CudaArtifact artifact = new CudaArtifact(
        id, "org.example:" + id + ":1.0:linux", jar.size(), Sha256.of(jar.toByteArray()));
    lines.add(String.join(
        " ", "artifact", id, artifact.coordinates(), "" + artifact.bytes(), artifact.sha256()));
    server.put(artifact.path(), jar.toByteArray());
    Files.write(
        Files.createDirectories(folder.resolve("jars")).resolve(artifact.fileName()),
        jar.toByteArray());
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private Cli.Run install(Object... arguments) {
    return install(Map.of("HOME", home.toString()), arguments);
  }

  private Cli.Run install(Map<String, String> environment, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(Output.to(new PrintWriter(out)), new PrintWriter(err), environment);
    Errors errors = new Errors();
    int code = new CommandLine(new CudaInstallCommand(console, set))
        .setErr(console.err())
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    console.out().flush();
    console.err().flush();
    return new Cli.Run(code, out.toString(), err.toString());
  }

  private Cli.Run fetch() {
    return install("--repository", server.address());
  }

  private long bytes() {
    return set.artifacts().stream().mapToLong(CudaArtifact::bytes).sum();
  }

  private void assertInstalled(Path place) throws IOException {
    assertThat(new CudaCache(place, set).isComplete()).isTrue();
    for (var library : set.libraries()) {
      assertThat(Sha256.of(place.resolve(library.file()))).isEqualTo(library.sha256());
    }
    assertThat(left(place)).noneMatch(name -> name.endsWith(".part") || name.endsWith(".tmp"));
    assertThat(left(place)).noneMatch(name -> name.contains("unwanted"));
  }

  private static List<String> left(Path place) {
    try (Stream<Path> files = Files.walk(place)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertSays(Cli.Run run, int code, String... words) {
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.err().lines().reduce((a, b) -> b).orElseThrow())
        .startsWith("lapidary: ")
        .contains(words);
  }

  @Test
  void anEmptyCacheIsFilledAndAFullOneFetchesNothing() throws IOException {
    Cli.Run first = fetch();
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("3 libraries in " + cache)
        .contains(String.format(java.util.Locale.ROOT, "%,d bytes fetched", bytes()))
        .contains("each sha256 checked");
    assertThat(first.err())
        .contains("NVIDIA's End User License Agreement, https://docs.nvidia.com/cuda/eula/");
    assertThat(cache.resolve("LICENCES.txt")).content().contains("cuDNN", "BSD-3-Clause");
    assertInstalled(cache);

    long sent = server.sent();
    Cli.Run second = fetch();
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.out()).contains("CUDA is there already").contains("nothing was fetched");
    assertThat(server.sent()).isEqualTo(sent);
  }

  @Test
  void aConnectionThatBreaksIsSaidAndTheNextRunGoesOnThere() throws IOException {
    server.breakingAfter(100_000);
    assertSays(
        fetch(),
        ExitCode.ENVIRONMENT,
        "cannot fetch from " + server.address(),
        "run the command again");
    assertThat(server.sent()).isEqualTo(100_000);
    server.whole();
    Cli.Run again = fetch();
    assertThat(again.code()).as(again.err()).isZero();
    // What was on its way when the connection broke is sent again.
    assertThat(server.sent()).isBetween(bytes(), bytes() + 99_999);
    assertInstalled(cache);
  }

  @Test
  void aServerWithoutRangesSendsAllOfItAgain() throws IOException {
    server.breakingAfter(100_000);
    fetch();
    Cli.Run again = install("--repository", server.whole().withoutRanges().address());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(server.sent()).isEqualTo(100_000 + bytes());
    assertInstalled(cache);
  }

  @Test
  void onlyTheJarsOfMissingLibrariesAreFetched() throws IOException {
    fetch();
    long sent = server.sent();
    Files.delete(cache.resolve("torch/libthree.so"));
    assertThat(fetch().code()).isZero();
    assertThat(server.sent() - sent).isEqualTo(set.artifacts().get(1).bytes());
    assertInstalled(cache);
  }

  @Test
  void aJarWithAnotherDigestIsRefusedAndNothingOfItStays() throws IOException {
    CudaArtifact artifact = set.artifacts().get(0);
    byte[] other = Files.readAllBytes(folder.resolve("jars").resolve(artifact.fileName()));
    other[1000]++;
    server.put(artifact.path(), other);
    assertSays(
        fetch(),
        ExitCode.ENVIRONMENT,
        artifact.fileName() + " from " + server.address() + " is not what was expected",
        artifact.sha256());
    assertThat(left(cache)).noneMatch(name -> name.endsWith(".part") || name.contains("libone"));

    Files.write(folder.resolve("jars").resolve(artifact.fileName()), other);
    assertSays(
        install("--from", folder.resolve("jars")),
        ExitCode.ENVIRONMENT,
        artifact.fileName() + " from " + folder.resolve("jars") + " is not what was expected");
    assertThat(folder.resolve("jars").resolve(artifact.fileName())).exists();
  }

  @Test
  void aMachineWithoutANetwork() {
    String address = server.address();
    server.close();
    assertSays(
        install("--repository", address),
        ExitCode.ENVIRONMENT,
        "cannot fetch from " + address,
        "--repository",
        "--from");
    assertSays(
        install("--repository", "http://no-such-host.invalid/maven2"),
        ExitCode.ENVIRONMENT,
        "cannot fetch from http://no-such-host.invalid/maven2: ");
  }

  @Test
  void aRepositoryWithoutTheJars() {
    assertSays(
        install("--repository", server.address() + "/other"),
        ExitCode.ENVIRONMENT,
        "answers 404 for org/example/one/1.0/one-1.0-linux.jar");
  }

  @Test
  void aFolderOfJarsALocalRepositoryAndACopiedCacheDoWithoutANetwork() throws IOException {
    Cli.Run jars = install("--from", folder.resolve("jars"));
    assertThat(jars.code()).as(jars.err()).isZero();
    assertThat(jars.out()).contains("0 bytes fetched");
    assertInstalled(cache);
    assertThat(folder.resolve("jars")).isDirectoryContaining("glob:**.jar");

    Path repository = folder.resolve("repository");
    for (CudaArtifact artifact : set.artifacts()) {
      Path jar = repository.resolve(artifact.path());
      Files.createDirectories(jar.getParent());
      Files.copy(folder.resolve("jars").resolve(artifact.fileName()), jar);
    }
    Path second = folder.resolve("second");
    assertThat(install(Map.of(CudaCache.VARIABLE, second.toString()), "--from", repository)
            .code())
        .isZero();
    assertInstalled(second);

    Path third = folder.resolve("third");
    assertThat(install(Map.of(CudaCache.VARIABLE, third.toString()), "--from", cache)
            .code())
        .isZero();
    assertInstalled(third);
    assertThat(server.sent()).isZero();
  }

  @Test
  void aDamagedCopyOfACacheIsNamed() throws IOException {
    install("--from", folder.resolve("jars"));
    Path library = cache.resolve("cuda/libone.so.1");
    byte[] content = Files.readAllBytes(library);
    content[7]++;
    Files.write(library, content);
    Path other = folder.resolve("other");
    assertSays(
        install(Map.of(CudaCache.VARIABLE, other.toString()), "--from", cache),
        ExitCode.ENVIRONMENT,
        "libone.so.1 in " + library + " is not what was expected");
    assertThat(other.resolve("cuda/libone.so.1")).doesNotExist();
  }

  @Test
  void anEmptyFolderIsToldWhatBelongsThere() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertSays(
        install("--from", empty),
        ExitCode.ENVIRONMENT,
        "one-1.0-linux.jar (org.example:one:1.0:linux) is not in " + empty);
  }

  @Test
  void theMirrorOfMavensSettingsIsTaken() throws IOException {
    Path settings = Files.createDirectories(home.resolve(".m2")).resolve("settings.xml");
    Files.writeString(
        settings,
        "<settings><mirrors><mirror><id>other</id><mirrorOf>snapshots</mirrorOf><url>http://x</url></mirror>"
            + "<mirror><id>near</id><mirrorOf>central</mirrorOf><url>" + server.address()
            + "</url></mirror></mirrors></settings>");
    Cli.Run run = install();
    assertThat(run.code()).as(run.err()).isZero();
    assertInstalled(cache);

    Files.writeString(settings, "<settings><mirrors>");
    Files.delete(cache.resolve("torch/libthree.so"));
    assertSays(install(), ExitCode.BAD_INPUT, settings + " cannot be read", "--repository");
  }

  @Test
  void addressesThatAreNoneAndTwoPlacesAtOnceAreRefused() {
    assertSays(
        install("--repository", "ftp://example.org/x"),
        ExitCode.BAD_INPUT,
        "ftp://example.org/x is not an address");
    assertSays(
        install("--repository", server.address(), "--from", folder),
        ExitCode.BAD_INPUT,
        "give one of them");
  }

  @Test
  void aDiskThatIsTooSmallIsSaidBeforeAnythingIsFetched() throws IOException {
    FullDisk disk = FullDisk.mount(folder.resolve("disk"), 1024);
    assumeTrue(disk != null, "only root may mount a disk here, and only on Linux");
    Map<String, String> onDisk =
        Map.of(CudaCache.VARIABLE, disk.place().resolve("cuda").toString());
    try (disk) {
      assertSays(
          install(onDisk, "--repository", server.address()),
          ExitCode.ENVIRONMENT,
          "there is no room for CUDA in " + disk.place().resolve("cuda"),
          "MiB are needed",
          CudaCache.VARIABLE);
      assertThat(server.sent()).isZero();
      disk.fill();
      assertSays(
          install(onDisk, "--from", folder.resolve("jars")),
          ExitCode.ENVIRONMENT,
          "there is no room for CUDA in ",
          ", 0 are free");
      disk.empty();
      disk.takeEveryFile();
      assertSays(
          install(onDisk, "--from", folder.resolve("jars")),
          ExitCode.ENVIRONMENT,
          "cannot write ",
          "No space left on device; make room on that disk");
    }
  }

  @Test
  void jsonTellsWhatWasDone() {
    Cli.Run run = install("--repository", server.address(), "--json");
    assertThat(run.json().get("fetched_bytes").asLong()).isEqualTo(bytes());
    assertThat(run.json().get("libraries").asInt()).isEqualTo(3);
    assertThat(run.json().get("licences").get(0).asText()).startsWith("CUDA 12.9");
  }
}
