package lapidary.cli.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import lapidary.models.AtomicFile;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.models.FolderLock;
import lapidary.models.Sha256;
import lapidary.models.cuda.CudaArtifact;
import lapidary.models.cuda.CudaCache;
import lapidary.models.cuda.CudaLibrary;

/**
 * Fills a cache with the libraries of CUDA: a jar after the other is fetched, compared with its digest, unpacked as far as it is
 * needed and removed. Each library is compared with its own digest, forced to the disk and moved to its place in one step, so that
 * a run that was killed goes on with what is missing, in the middle of a jar too. Used once.
 */
final class Installation {
  private static final String LOCK = ".lapidary.lock";
  private static final long MEBI = 1 << 20;

  private final CudaCache cache;
  private final JarSource source;
  private final InstallProgress progress;
  private long fetched;
  private long unpacked;

  Installation(CudaCache cache, JarSource source, InstallProgress progress) {
    this.cache = cache;
    this.source = source;
    this.progress = progress;
  }

  /**
   * What was done.
   *
   * @param fetched bytes that came over the network
   * @param unpacked bytes that were written to the cache
   */
  record Done(long fetched, long unpacked) {}

  /**
   * Brings what is missing.
   *
   * @throws EnvironmentException if the machine lacks room or a network, or what is fetched is not what was pinned
   */
  @SuppressWarnings("try") // the lock is held, not asked
  Done run() throws InterruptedException {
    if (cache.isComplete()) {
      return new Done(0, 0);
    }
    makeFolder();
    try (FolderLock lock = FolderLock.take(cache.folder(), LOCK)) {
      requireRoom();
      for (CudaArtifact artifact : cache.set().artifacts()) {
        List<CudaLibrary> wanted = cache.set().from(artifact).stream()
            .filter(library -> !cache.has(library))
            .toList();
        if (!wanted.isEmpty()) {
          bring(artifact, wanted);
        }
      }
      return new Done(fetched, unpacked);
    } finally {
      progress.close();
    }
  }

  private void makeFolder() {
    try {
      Files.createDirectories(cache.folder());
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot make " + cache.folder(),
          cache.folder(),
          e,
          "name another folder by " + CudaCache.VARIABLE);
    }
  }

  /** Before hours of fetching, not after them. */
  private void requireRoom() {
    long libraries = cache.missing().stream().mapToLong(CudaLibrary::bytes).sum();
    long jar = source instanceof FolderSource ? 0 : largestRest();
    try {
      long free = Files.getFileStore(cache.folder()).getUsableSpace();
      if (free < libraries + jar) {
        throw new EnvironmentException("there is no room for CUDA in " + cache.folder() + ": "
            + (libraries + jar) / MEBI + " MiB are needed, " + free / MEBI
            + " are free; make room there, or name another folder by " + CudaCache.VARIABLE);
      }
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot use " + cache.folder(), cache.folder(), e, "choose another folder");
    }
  }

  /** Jars are there one at a time; what an earlier run has fetched takes room already. */
  private long largestRest() {
    return cache.set().artifacts().stream()
        .filter(artifact -> cache.set().from(artifact).stream().anyMatch(l -> !cache.has(l)))
        .mapToLong(artifact -> artifact.bytes() - size(part(artifact)))
        .max()
        .orElse(0);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private Path part(CudaArtifact artifact) {
    return cache.folder().resolve(artifact.fileName() + ".part");
  }

  private void bring(CudaArtifact artifact, List<CudaLibrary> wanted) throws InterruptedException {
    if (wanted.stream().allMatch(library -> source.library(library).isPresent())) {
      wanted.forEach(library -> copy(library, source.library(library).orElseThrow()));
      return;
    }
    Path part = part(artifact);
    Optional<Path> there = source.jar(artifact);
    try {
      if (there.isEmpty()) {
        progress.begin("fetch", artifact, artifact.bytes());
        fetched += source.fetch(artifact, part, progress::at);
      }
      Path jar = there.orElse(part);
      requireDigest(artifact, jar);
      unpack(jar, artifact, wanted);
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot install " + artifact.fileName(), part, e, "choose another folder");
    }
  }

  private void requireDigest(CudaArtifact artifact, Path jar) throws IOException {
    progress.begin("check", artifact, artifact.bytes());
    try (InputStream in = progress.watched(Files.newInputStream(jar))) {
      if (!Sha256.of(in).equals(artifact.sha256())) {
        Files.deleteIfExists(part(artifact));
        throw damaged(artifact, source.name());
      }
    }
  }

  /** The sentence about a jar that is not the one that was pinned. */
  static EnvironmentException damaged(CudaArtifact artifact, String source) {
    return new EnvironmentException(artifact.fileName() + " from " + source
        + " is not what was expected: its sha256 is not " + artifact.sha256()
        + "; fetch it again, from another place by --repository or --from");
  }

  private void unpack(Path jar, CudaArtifact artifact, List<CudaLibrary> wanted)
      throws IOException {
    progress.begin(
        "unpack", artifact, wanted.stream().mapToLong(CudaLibrary::bytes).sum());
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (CudaLibrary library : wanted) {
        ZipEntry entry = zip.getEntry(library.entry());
        if (entry == null) {
          throw damaged(artifact, source.name());
        }
        try (InputStream in = progress.watched(zip.getInputStream(entry))) {
          publish(library, in, jar.toString());
        }
      }
    }
  }

  private void copy(CudaLibrary library, Path from) {
    progress.begin("copy", library);
    try (InputStream in = progress.watched(Files.newInputStream(from))) {
      publish(library, in, from.toString());
    } catch (IOException e) {
      throw FileFailure.reading(from.toString(), e, "make it readable");
    }
  }

  private void publish(CudaLibrary library, InputStream in, String from) {
    MessageDigest digest = Sha256.digest();
    AtomicFile.publish(cache.path(library), temporary -> {
      try (OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.WRITE)) {
        new DigestInputStream(in, digest).transferTo(out);
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(library.sha256())) {
        throw new EnvironmentException(library.name() + " in " + from
            + " is not what was expected: its sha256 is not " + library.sha256()
            + "; copy it again, or take it from a repository");
      }
    });
    unpacked += library.bytes();
  }
}
