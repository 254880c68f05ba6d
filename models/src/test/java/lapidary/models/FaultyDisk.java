package lapidary.models;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** The real file system with faults: its paths lead to real files, and what is done to them fails as a test says. */
final class FaultyDisk extends FileSystemProvider {
  /** What is done to a file. */
  enum Deed {
    CREATE_FOLDER,
    OPEN,
    WRITE,
    FORCE,
    MOVE
  }

  /** Decides what fails. */
  @FunctionalInterface
  interface Fault {
    void at(Deed deed, Path file) throws IOException;
  }

  private final Fault fault;

  private FaultyDisk(Fault fault) {
    this.fault = fault;
  }

  /** The same folder, on a disk with faults. */
  static Path over(Path folder, Fault fault) {
    return new FaultyDisk(fault).faulty(folder);
  }

  void check(Deed deed, Path file) throws IOException {
    fault.at(deed, file);
  }

  private Path faulty(Path real) {
    return (Path) Proxy.newProxyInstance(
        Path.class.getClassLoader(), new Class<?>[] {Path.class}, new Behind(this, real));
  }

  private static Path real(Path path) {
    return Proxy.isProxyClass(path.getClass())
            && Proxy.getInvocationHandler(path) instanceof Behind behind
        ? behind.inner()
        : path;
  }

  /** What is behind a path of this disk. */
  private record Behind(FaultyDisk disk, Path inner)
      implements java.lang.reflect.InvocationHandler {
    @Override
    public Object invoke(Object self, Method method, Object[] given) throws Throwable {
      if (method.getName().equals("getFileSystem")) {
        return new Root(disk);
      }
      Object[] arguments = given == null
          ? new Object[0]
          : Arrays.stream(given)
              .map(argument -> argument instanceof Path path ? real(path) : argument)
              .toArray();
      try {
        Object answer = method.invoke(inner, arguments);
        return answer instanceof Path path ? disk.faulty(path) : answer;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  private static FileSystemProvider disk(Path path) {
    return real(path).getFileSystem().provider();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    fault.at(Deed.OPEN, real(path));
    return new FaultyChannel(
        disk(path).newFileChannel(real(path), options, attributes), this, real(path));
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    fault.at(Deed.CREATE_FOLDER, real(folder));
    disk(folder).createDirectory(real(folder), attributes);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    fault.at(Deed.MOVE, real(target));
    disk(source).move(real(source), real(target), options);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    fault.at(Deed.WRITE, real(target));
    disk(source).copy(real(source), real(target), options);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk(path).delete(real(path));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return disk(folder).newDirectoryStream(real(folder), filter);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return disk(path).isSameFile(real(path), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return disk(path).isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return disk(path).getFileStore(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    disk(path).checkAccess(real(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return disk(path).getFileAttributeView(real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return disk(path).readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return disk(path).readAttributes(real(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    disk(path).setAttribute(real(path), name, value, options);
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> options) {
    throw new UnsupportedOperationException("made by over");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("made by over");
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("made by over");
  }

  /** Only there to lead from a path to its provider. */
  private static final class Root extends FileSystem {
    private final FaultyDisk disk;

    Root(FaultyDisk disk) {
      this.disk = disk;
    }

    @Override
    public FileSystemProvider provider() {
      return disk;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return java.io.File.separator;
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return Set.of();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return Set.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
      return disk.faulty(Path.of(first, more));
    }

    @Override
    public java.nio.file.PathMatcher getPathMatcher(String pattern) {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public java.nio.file.attribute.UserPrincipalLookupService getUserPrincipalLookupService() {
      throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public java.nio.file.WatchService newWatchService() {
      throw new UnsupportedOperationException("not asked for");
    }
  }
}
