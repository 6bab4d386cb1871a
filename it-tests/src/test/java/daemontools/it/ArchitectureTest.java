package daemontools.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING.md's rules for what may use what, held by the class files of all modules. */
class ArchitectureTest {
    /** The module {@code common}. */
    private static final String[] COMMON = {"daemontools.common", "daemontools.posix", "daemontools.service"};

    /** The part of svscan that looks for what is wrong. */
    private static final String DOCTOR = "daemontools.doctor..";

    private static final String[] COMMANDS = {
        DOCTOR,
        "daemontools.envtools..",
        "daemontools.multilog..",
        "daemontools.supervise..",
        "daemontools.svc..",
        "daemontools.svok..",
        "daemontools.svscan..",
        "daemontools.svscanboot..",
        "daemontools.svstat..",
        "daemontools.tai64n.."
    };

    /** What the builder changes in the image's own runtime is no part of any command. */
    private static final String[] IMAGE = {"daemontools.image..", "com.oracle.."};

    private static final String[] NATIVE_CODE = {
        "com.sun.jna..",
        "com.oracle..",
        "jdk.graal..",
        "org.graalvm..",
        "java.lang.foreign..",
        "jdk.internal..",
        "sun.."
    };

    private static final String[] JAVAS_OWN_INPUT_AND_OUTPUT = {
        "java.io..", "java.net..", "java.nio.channels..", "java.nio.file.."
    };

    private static JavaClasses classes;

    @BeforeAll
    static void readClassFiles() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("daemontools");
    }

    /** A package that is new must be named above, or Main's. */
    @Test
    void everyPackageIsKnown() {
        for (String known : COMMANDS)
            assertThat(classes.that(resideInAnyPackage(known))).as(known).isNotEmpty();
        for (String known : COMMON)
            assertThat(classes.that(resideInAnyPackage(known))).as(known).isNotEmpty();
        assertThat(classes.that(not(resideInAnyPackage(COMMANDS))
                        .and(not(resideInAnyPackage(COMMON)))
                        .and(not(resideInAnyPackage(IMAGE)))
                        .and(not(resideInAnyPackage("daemontools")))))
                .isEmpty();
    }

    @Test
    void onlyPosixTouchesNativeCode() {
        noClasses()
                .that(not(resideInAnyPackage("daemontools.posix")).and(not(resideInAnyPackage(IMAGE))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NATIVE_CODE)
                .check(classes);
        noMethods()
                .that()
                .areDeclaredInClassesThat(
                        not(resideInAnyPackage("daemontools.posix")).and(not(resideInAnyPackage(IMAGE))))
                .should()
                .haveModifier(JavaModifier.NATIVE)
                .check(classes);
    }

    @Test
    void onlyPosixChoosesBetweenTheDoorsToTheKernel() {
        noClasses()
                .that()
                .resideInAnyPackage(COMMANDS)
                .should()
                .dependOnClassesThat()
                .haveNameMatching("daemontools\\.posix\\.(Graal|Jna).*")
                .check(classes);
    }

    /** Its native libraries are not in the image. */
    @Test
    void noCommandUsesJavasOwnInputAndOutput() {
        noClasses()
                .that(resideInAnyPackage(COMMANDS).or(resideInAnyPackage(COMMON)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JAVAS_OWN_INPUT_AND_OUTPUT)
                .check(classes);
    }

    @Test
    void noCommandKnowsAnother() {
        for (String command : COMMANDS) {
            noClasses()
                    .that()
                    .resideInAPackage(command)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(COMMANDS)
                            .and(not(resideInAnyPackage(command)))
                            .and(not(resideInAnyPackage(partsOf(command)))))
                    .check(classes);
        }
    }

    private static String[] partsOf(String command) {
        return command.equals("daemontools.svscan..") ? new String[] {DOCTOR} : new String[0];
    }

    @Test
    void whatCommandsShareKnowsNoCommand() {
        noClasses()
                .that()
                .resideInAnyPackage(COMMON)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMMANDS)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("daemontools")
                .check(classes);
    }
}
