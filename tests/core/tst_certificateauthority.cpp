#include "core/network/CertificateAuthority.h"

#include <QDir>
#include <QFile>
#include <QSslError>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace corscope;

class TestCertificateAuthority : public QObject
{
    Q_OBJECT

private:
    static std::shared_ptr<CertificateAuthority> authorityIn(const QString& directory,
                                                             const QDateTime& now = QDateTime::currentDateTimeUtc())
    {
        const auto result = CertificateAuthority::open(directory, now);
        if (!result)
            qWarning("%s", qPrintable(result.error().sentence()));
        return result ? *result : nullptr;
    }

    static void overwrite(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(bytes);
    }

    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_temporary;
    int m_count = 0;
    QString freshDirectory() { return m_temporary.filePath(QStringLiteral("a/%1").arg(++m_count)); }

private Q_SLOTS:
    void authorityIsUsedAgain()
    {
        const auto directory = freshDirectory();
        const auto first = authorityIn(directory);
        QVERIFY(first);
        QVERIFY(!first->certificate().isNull());
        QCOMPARE(authorityIn(directory)->certificate(), first->certificate());
        QVERIFY(authorityIn(freshDirectory())->certificate() != first->certificate());
    }

    void onlyTheOwnerCanReadIt()
    {
        const auto directory = freshDirectory();
        const auto authority = authorityIn(directory);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
            | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(directory) & others));
        const auto files = QDir(directory).entryInfoList({QStringLiteral("*.pem")}, QDir::Files);
        QCOMPARE(files.size(), 2);
        for (const auto& file : files)
            QCOMPARE(file.permissions() & (others | QFile::ExeOwner), QFile::Permissions());
    }

    void certificateFileHoldsNoKey()
    {
        const auto authority = authorityIn(freshDirectory());
        const auto pem = read(authority->certificateFile());
        QCOMPARE(QSslCertificate(pem), authority->certificate());
        QVERIFY(!pem.contains("PRIVATE"));
    }

    void damagedAuthorityIsMadeAnew_data()
    {
        QTest::addColumn<int>("damage");
        QTest::newRow("empty file") << 0;
        QTest::newRow("half a file") << 1;
        QTest::newRow("key of another authority") << 2;
    }
    void damagedAuthorityIsMadeAnew()
    {
        QFETCH(int, damage);
        const auto directory = freshDirectory();
        const auto first = authorityIn(directory);
        const QString path = directory + QStringLiteral("/authority-key.pem");
        const auto pem = read(path);
        const auto keyEnd = pem.indexOf("-----BEGIN CERTIFICATE");
        if (damage == 0)
            overwrite(path, {});
        else if (damage == 1)
            overwrite(path, pem.left(pem.size() / 2));
        else {
            const auto other = freshDirectory();
            authorityIn(other);
            const auto otherPem = read(other + QStringLiteral("/authority-key.pem"));
            overwrite(path, otherPem.left(otherPem.indexOf("-----BEGIN CERTIFICATE")) + pem.mid(keyEnd));
        }
        const auto second = authorityIn(directory);
        QVERIFY(second);
        QVERIFY(second->certificate() != first->certificate());
        QCOMPARE(QSslCertificate(read(second->certificateFile())), second->certificate());
        QCOMPARE(authorityIn(directory)->certificate(), second->certificate());
    }

    void expiringAuthorityIsMadeAnew()
    {
        const auto directory = freshDirectory();
        const auto now = QDateTime::currentDateTimeUtc();
        const auto old = authorityIn(directory, now.addDays(-700));
        QVERIFY(authorityIn(directory, now)->certificate() != old->certificate());
    }

    void leafCarriesTheHost_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<bool>("isAddress");
        QTest::newRow("name") << QByteArray("app.example.com") << QByteArray("app.example.com") << false;
        QTest::newRow("upper case") << QByteArray("App.Example.com") << QByteArray("app.example.com") << false;
        QTest::newRow("longer than a common name")
            << QByteArray(60, 'a') + '.' + QByteArray(60, 'b') << QByteArray(60, 'a') + '.' + QByteArray(60, 'b') << false;
        QTest::newRow("IPv4") << QByteArray("127.0.0.1") << QByteArray("127.0.0.1") << true;
        QTest::newRow("IPv6") << QByteArray("[::1]") << QByteArray("::1") << true;
    }
    void leafCarriesTheHost()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, entry);
        QFETCH(bool, isAddress);
        const auto authority = authorityIn(freshDirectory());
        const auto leaf = authority->issue(host);
        QVERIFY(leaf.ok());
        QVERIFY(!leaf->key.isNull());
        const auto names = leaf->certificate.subjectAlternativeNames();
        QCOMPARE(names.size(), 1);
        QCOMPARE(names.firstKey(), isAddress ? QSsl::IpAddressEntry : QSsl::DnsEntry);
        const auto name = names.first();
        if (isAddress)
            QCOMPARE(QHostAddress(name), QHostAddress(QString::fromLatin1(entry)));
        else
            QCOMPARE(name.toLatin1(), entry);
        QCOMPARE(leaf->certificate.issuerInfo(QSslCertificate::CommonName),
                 authority->certificate().subjectInfo(QSslCertificate::CommonName));
        QVERIFY(leaf->certificate.expiryDate() <= authority->certificate().expiryDate());
    }

    void nameThatSmugglesAnotherIsRefused()
    {
        const auto authority = authorityIn(freshDirectory());
        QVERIFY(!authority->issue("a.example,DNS:b.example").ok());
        QVERIFY(!authority->issue("").ok());
    }

    void twoStartersShareOneAuthority()
    {
        const auto directory = freshDirectory();
        std::shared_ptr<CertificateAuthority> found[4];
        std::vector<std::thread> threads;
        for (auto& authority : found)
            threads.emplace_back([&] { authority = authorityIn(directory); });
        for (auto& thread : threads)
            thread.join();
        for (const auto& authority : found)
            QCOMPARE(authority->certificate(), found[0]->certificate());
    }

    void unwritablePlaceIsNamed()
    {
        const auto path = m_temporary.filePath(QStringLiteral("file"));
        overwrite(path, "x");
        const auto result = CertificateAuthority::open(path + QStringLiteral("/sub"));
        QVERIFY(!result.ok());
        QVERIFY(result.error().sentence().contains(path));
    }
};

QTEST_GUILESS_MAIN(TestCertificateAuthority)
#include "tst_certificateauthority.moc"
