package lapidary.models;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The image formats that are read, told apart by their first bytes. Each has one reader, whatever else is on the class path:
 * the platform's own, and TwelveMonkeys' for WebP.
 */
public enum ImageFormat {
  /** Portable Network Graphics. */
  PNG("png", "\u0089PNG\r\n\u001a\n"),
  /** What cameras write. */
  JPEG("jpeg", "\u00ff\u00d8\u00ff"),
  /** Graphics Interchange Format, its first picture. */
  GIF("gif", "GIF8"),
  /** The bitmaps of Windows. */
  BMP("bmp", "BM"),
  /** Google's, with losses and without. */
  WEBP("webp", "RIFF????WEBP");

  private final String name;
  /** The first bytes; a question mark stands for any. */
  private final String magic;

  ImageFormat(String name, String magic) {
    this.name = name;
    this.magic = magic;
  }

  /** The format of a file by its first bytes, of which twelve are enough; empty if it is not one of these. */
  public static Optional<ImageFormat> of(byte[] encoded) {
    return Arrays.stream(values()).filter(format -> format.begins(encoded)).findFirst();
  }

  /** What it is called in HTTP, such as {@code image/jpeg}. */
  public String mediaType() {
    return "image/" + name;
  }

  /** A new reader. */
  ImageReader reader() throws IOException {
    return provider().createReaderInstance();
  }

  private ImageReaderSpi provider() {
    return this == WEBP ? new WebPImageReaderSpi() : platform();
  }

  /** The registry may hold readers of other libraries too, and which it offers first is a matter of luck. */
  private ImageReaderSpi platform() {
    Iterator<ImageReaderSpi> providers = IIORegistry.getDefaultInstance()
        .getServiceProviders(ImageReaderSpi.class, spi -> reads((ImageReaderSpi) spi), false);
    if (!providers.hasNext()) {
      throw new EnvironmentException("this Java platform has no reader of " + name
          + " images; use a JDK with the module java.desktop");
    }
    return providers.next();
  }

  private boolean reads(ImageReaderSpi spi) {
    return spi.getClass().getName().startsWith("com.sun.imageio.")
        && Arrays.asList(spi.getFormatNames()).contains(name);
  }

  private boolean begins(byte[] encoded) {
    if (encoded.length < magic.length()) {
      return false;
    }
    for (int i = 0; i < magic.length(); i++) {
      if (magic.charAt(i) != '?' && magic.charAt(i) != (encoded[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
