#include "ui/browser/Choice.h"

#include "ui/theme/Theme.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QSignalBlocker>

#include <algorithm>

namespace corscope {

QComboBox* wordChoice(const char* name, const QString& accessibleName, const QStringList& words)
{
    auto* combo = new QComboBox;
    combo->setObjectName(QLatin1String(name));
    combo->setAccessibleName(accessibleName);
    combo->setToolTip(accessibleName);
    combo->setFont(Theme::fixedLike(combo->font()));
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(6);
    combo->addItems(words);
    int widest = 18;
    for (const auto& word : words)
        widest = std::max(widest, int(word.size()) + 4);
    combo->view()->setMinimumWidth(combo->fontMetrics().averageCharWidth() * widest);
    return combo;
}

QPlainTextEdit* fewLines(const char* name, const QString& accessibleName, const QString& placeholder)
{
    auto* edit = new QPlainTextEdit;
    edit->setObjectName(QLatin1String(name));
    edit->setAccessibleName(accessibleName);
    edit->setFont(Theme::fixedLike(edit->font()));
    edit->setPlaceholderText(placeholder);
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * 5 / 2);
    return edit;
}

void setQuietly(QPlainTextEdit& edit, const QString& text)
{
    if (edit.toPlainText() == text)
        return;
    const QSignalBlocker blocker(edit);
    edit.setPlainText(text);
}

} // namespace corscope
