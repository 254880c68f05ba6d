package lapidary.trainer.data;

import java.security.MessageDigest;
import java.util.HexFormat;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;

/**
 * Images and labels of one split.
 *
 * @param images the images with their labels
 * @param sha256 digest of the decompressed images file followed by the decompressed labels file
 */
record IdxSplit(LabelledImages images, String sha256) {
  static IdxSplit of(IdxFile images, IdxFile labels, String source) {
    if (images.count() != labels.count()) {
      throw new InvalidInputException(source + " hold " + images.count() + " images and "
          + labels.count() + " labels; give files of the same split");
    }
    MessageDigest digest = Sha256.digest();
    images.update(digest);
    labels.update(digest);
    return new IdxSplit(
        LabelledImages.of(images.toPixels(), labels.toLabels()),
        HexFormat.of().formatHex(digest.digest()));
  }
}
