package daemontools.image;

import com.oracle.svm.core.annotate.AutomaticFeature;
import com.oracle.svm.hosted.jdk.localization.LocalizationFeature;

/** Leaves out the JDK's texts about languages, currencies and calendars. */
@AutomaticFeature
@SuppressWarnings("removal")
public final class NoBundles extends LocalizationFeature {
    @Override
    protected void addResourceBundles() {}
}
