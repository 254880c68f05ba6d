package lapidary.search;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lapidary.search.pca.Pca;

/** The file of a {@link Pca}: flags, sizes, mean, variances and axes, all in double precision. Stateless. */
final class PcaFile {
  private static final String MAGIC = "LAPIDPCA";
  private static final int VERSION = 1;

  private PcaFile() {}

  static void write(Path file, Pca pca) {
    CheckedFile.write(file, MAGIC, VERSION, out -> {
      out.writeBoolean(pca.centred());
      out.writeBoolean(pca.whitened());
      out.writeInt(pca.inputs());
      out.writeInt(pca.components());
      out.writeDouble(pca.totalVariance());
      CheckedFile.writeDoubles(out, pca.mean());
      CheckedFile.writeDoubles(out, pca.explainedVariance());
      for (int k = 0; k < pca.components(); k++) {
        CheckedFile.writeDoubles(out, pca.axis(k));
      }
    });
  }

  static Pca read(Path file) throws NoSuchFileException {
    return CheckedFile.read(file, MAGIC, VERSION, PcaFile::parse);
  }

  private static Pca parse(BoundedInput in) throws IOException {
    boolean centred = in.readBoolean();
    boolean whitened = in.readBoolean();
    int inputs = in.count(Double.BYTES);
    int components = in.count((long) Double.BYTES * inputs);
    double total = in.readDouble();
    if (components < 1 || components > inputs || !(total > 0)) {
      throw new IOException("its sizes make no sense");
    }
    double[] mean = in.doubles(inputs);
    double[] variance = in.doubles(components);
    double[][] axes = new double[components][];
    for (int k = 0; k < components; k++) {
      axes[k] = in.doubles(inputs);
    }
    return new Pca(mean, axes, variance, total, centred, whitened);
  }
}
