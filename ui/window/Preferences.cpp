#include "ui/window/Preferences.h"

#include <QFileInfo>
#include <QSettings>

namespace corscope {

namespace {
const QString themeKey = QStringLiteral("theme");
const QString recentKey = QStringLiteral("recentFiles");
const QString darkName = QStringLiteral("dark");
const QString contrastName = QStringLiteral("high-contrast");
constexpr int keptFiles = 8;
} // namespace

Preferences::Preferences(Storage storage) : m_storage(storage)
{
    if (!areKept())
        return;
    const QSettings settings;
    const auto theme = settings.value(themeKey).toString();
    m_theme = theme == darkName ? Theme::Kind::Dark : theme == contrastName ? Theme::Kind::HighContrast : Theme::Kind::Light;
    for (const auto& path : settings.value(recentKey).toStringList())
        if (QFileInfo::exists(path))
            m_recentFiles.append(path);
}

void Preferences::setTheme(Theme::Kind theme)
{
    m_theme = theme;
    if (areKept())
        QSettings().setValue(themeKey, theme == Theme::Kind::Dark ? darkName
                             : theme == Theme::Kind::HighContrast ? contrastName : QStringLiteral("light"));
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
