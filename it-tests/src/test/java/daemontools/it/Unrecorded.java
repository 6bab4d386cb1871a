package daemontools.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Scenarios whose transcript depends on the machine. They are compared with the C originals only, and skipped where
 * there are none. The value says on what they depend.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Unrecorded {
    String value();
}
