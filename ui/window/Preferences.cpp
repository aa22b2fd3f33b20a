#include "ui/window/Preferences.h"

#include "ui/session/SetAside.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>

namespace corscope {

namespace {
const QString themeKey = QStringLiteral("theme");
const QString recentKey = QStringLiteral("recentFiles");
const QString textSizeKey = QStringLiteral("textSize");
constexpr int keptFiles = 8;
constexpr qint64 largest = 1 << 20; ///< bytes: what is remembered fits into a thousandth of that

QString tr(const char* text)
{
    return QCoreApplication::translate("Preferences", text);
}
} // namespace

Preferences::Preferences(Storage storage) : m_storage(storage)
{
    if (!areKept())
        return;
    m_trouble = putDamagedAside();
    const QSettings settings;
    m_theme = Appearance::named(settings.value(themeKey).toByteArray()).value_or(Appearance::Choice::System);
    m_textSize = std::clamp(settings.value(textSizeKey, m_textSize).toInt(), Appearance::smallestText, Appearance::largestText);
    for (const auto& path : settings.value(recentKey).toStringList())
        if (QFileInfo::exists(path))
            m_recentFiles.append(path);
}

/// Before anything is read from it: a file that is no settings file goes out of the way, whole, and the defaults hold.
QString Preferences::putDamagedAside() const
{
    // NB: a QSettings would have read all of it before it could be asked for the name.
    const QFileInfo file(QStringLiteral("%1/%2/%3.conf").arg(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation),
                                                             QCoreApplication::organizationName(), QCoreApplication::applicationName()));
    if (!file.exists())
        return {};
    const bool tooLarge = file.size() > largest;
    if (!tooLarge && file.isReadable()) {
        const QSettings settings;
        (void)settings.allKeys(); // reads it
        if (settings.status() == QSettings::NoError)
            return {};
    }
    const auto aside = setAside(file.filePath());
    return aside.isEmpty()
        ? tr("The settings in %1 cannot be read, so the usual ones hold.").arg(file.filePath())
        : tr("The settings were damaged, so the usual ones hold; the file is kept as %1.").arg(aside);
}

void Preferences::setTheme(Appearance::Choice theme)
{
    m_theme = theme;
    if (areKept())
        QSettings().setValue(themeKey, Appearance::nameOf(theme));
}

void Preferences::setTextSize(int percent)
{
    if (percent == m_textSize)
        return;
    m_textSize = percent;
    if (areKept())
        QSettings().setValue(textSizeKey, percent);
}

void Preferences::addRecentFile(const QString& path)
{
    m_recentFiles.removeAll(path);
    m_recentFiles.prepend(path);
    m_recentFiles = m_recentFiles.mid(0, keptFiles);
    if (areKept())
        QSettings().setValue(recentKey, m_recentFiles);
}

QByteArray Preferences::value(const QString& key) const
{
    return areKept() ? QSettings().value(key).toByteArray() : QByteArray();
}

void Preferences::setValue(const QString& key, const QByteArray& value)
{
    if (areKept())
        QSettings().setValue(key, value);
}

} // namespace corscope
