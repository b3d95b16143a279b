package dev.reactivesession;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** The arrows of docs/architecture.md, one fact each. */
@AnalyzeClasses(packages = "dev.reactivesession", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.reactivesession";

    private static final String[] REACTIVE_ONLY = {
        "java..", "reactor..", "org.reactivestreams..", "org.jspecify..", "com.google.errorprone.."
    };

    @ArchTest
    static final ArchRule theRootKnowsReactorAndNullnessOnly = classes()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(REACTIVE_ONLY, ROOT));

    @ArchTest
    static final ArchRule theContractsOfStoresKnowTheRootAndReactorOnly = classes()
            .that()
            .resideInAPackage(ROOT + ".store")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(REACTIVE_ONLY, ROOT, ROOT + ".store"));

    @ArchTest
    static final ArchRule theCodecKnowsNeitherStoresNorTheEngineNorTheWeb = noClasses()
            .that()
            .resideInAPackage(ROOT + ".codec..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".store..", ROOT + ".engine", ROOT + ".web", ROOT + ".boot..");

    @ArchTest
    static final ArchRule theContractOfTheCodecKnowsNoForm = noClasses()
            .that()
            .resideInAPackage(ROOT + ".codec")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".codec.*", "tools.jackson..");

    @ArchTest
    static final ArchRule theMergeKnowsNoTypes = noClasses()
            .that()
            .resideInAPackage(ROOT + ".codec.merge")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".codec.json..", "tools.jackson.databind..");

    @ArchTest
    static final ArchRule theEngineKnowsNoSpring = noClasses()
            .that()
            .resideInAPackage(ROOT + ".engine")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", ROOT + ".web", ROOT + ".boot..");

    @ArchTest
    static final ArchRule theEngineKnowsNoOtherFormat = noClasses()
            .that()
            .resideInAPackage(ROOT + ".engine")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tools.jackson..");

    @ArchTest
    static final ArchRule theWebKnowsNoBoot = noClasses()
            .that()
            .resideInAPackage(ROOT + ".web")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework.boot..", ROOT + ".boot..");

    @ArchTest
    static final ArchRule theWebKnowsNoCodec = noClasses()
            .that()
            .resideInAPackage(ROOT + ".web")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".codec..");

    @ArchTest
    static final ArchRule nothingSerializesNatively = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectOutputStream");

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethod("reactor.core.publisher.Mono", "block")
            .orShould()
            .callMethod("reactor.core.publisher.Flux", "blockLast")
            .orShould()
            .callMethod("reactor.core.publisher.Flux", "blockFirst")
            .orShould()
            .callMethod("java.lang.Thread", "sleep", "long");

    @ArchTest
    static final ArchRule packagesFormNoCircle =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Base");

    private static String[] with(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
