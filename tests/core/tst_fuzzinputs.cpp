#include "tests/fuzz/Target.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace corscope::fuzz;

/// Inputs that fuzzers have found something with, and the seeds they begin with: what was said of them holds.
class FuzzInputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFolderBelongsToATarget();
    void whatIsClaimedHolds_data();
    void whatIsClaimedHolds();
    void aBrokenClaimIsNoticed();
};

static QDir folder(const char* name)
{
    return QDir(QStringLiteral(CORSCOPE_SOURCE_DIR "/tests/fuzz/") + QLatin1String(name));
}

void FuzzInputs::everyFolderBelongsToATarget()
{
    for (const char* kind : {"seeds", "inputs"})
        for (const auto& name : folder(kind).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QVERIFY2(findTarget(name.toUtf8()), qPrintable(name));
}

void FuzzInputs::whatIsClaimedHolds_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QString>("path");
    for (const auto& target : targets())
        for (const char* kind : {"seeds", "inputs"}) {
            const QDir inputs(folder(kind).filePath(QLatin1String(target.name)));
            for (const auto& name : inputs.entryList(QDir::Files))
                QTest::addRow("%s %s", target.name, qUtf8Printable(name)) << QByteArray(target.name) << inputs.filePath(name);
        }
}

void FuzzInputs::whatIsClaimedHolds()
{
    QFETCH(QByteArray, target);
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    Claims claims;
    findTarget(target)->run(file.readAll(), claims);
    QVERIFY2(claims.broken().isEmpty(), claims.broken().join('\n').constData());
}

void FuzzInputs::aBrokenClaimIsNoticed()
{
    Claims claims;
    claims(true, "holds");
    QVERIFY(claims.broken().isEmpty());
    claims(false, "does not hold", "because");
    QCOMPARE(claims.broken(), QList<QByteArray>{"does not hold: because"});
}

QTEST_GUILESS_MAIN(FuzzInputs)
#include "tst_fuzzinputs.moc"
