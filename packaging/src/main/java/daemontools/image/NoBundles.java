package daemontools.image;

import com.oracle.svm.core.annotate.AutomaticFeature;
import com.oracle.svm.hosted.jdk.localization.LocalizationFeature;

/** Leaves out the texts of the JDK's in the world's languages. */
@AutomaticFeature
@SuppressWarnings("removal")
public final class NoBundles extends LocalizationFeature {
    @Override
    protected void addResourceBundles() {}
}
