package daemontools.image;

import com.oracle.svm.core.feature.AutomaticallyRegisteredFeatureServiceRegistration;

/** Makes the builder take {@link StartUpMethodsFirst} in place of the feature that it extends. */
public final class Registration implements AutomaticallyRegisteredFeatureServiceRegistration {
    @Override
    public String getClassName() {
        return StartUpMethodsFirst.class.getName();
    }
}
