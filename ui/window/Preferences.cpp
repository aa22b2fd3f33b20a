#include "ui/window/Preferences.h"

#include <QFileInfo>
#include <QSettings>

namespace corscope {

namespace {
const QString themeKey = QStringLiteral("theme");
const QString recentKey = QStringLiteral("recentFiles");
const QString textSizeKey = QStringLiteral("textSize");
constexpr int keptFiles = 8;
} // namespace

Preferences::Preferences(Storage storage) : m_storage(storage)
{
    if (!areKept())
        return;
    const QSettings settings;
    m_theme = Appearance::named(settings.value(themeKey).toByteArray()).value_or(Appearance::Choice::System);
    m_textSize = settings.value(textSizeKey, m_textSize).toInt();
    for (const auto& path : settings.value(recentKey).toStringList())
        if (QFileInfo::exists(path))
            m_recentFiles.append(path);
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
