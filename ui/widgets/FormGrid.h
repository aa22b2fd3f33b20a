#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QWidget>

namespace corscope {

/// A form of two columns: quiet labels, and what they name.
class FormGrid : public QWidget
{
public:
    /// \param longestLabel what forms that stand below each other agree on, so that their inputs line up; may be empty.
    explicit FormGrid(const QString& longestLabel = {}, QWidget* parent = nullptr)
        : QWidget(parent), m_grid(new QGridLayout(this))
    {
        const int em = fontMetrics().height();
        m_grid->setContentsMargins(0, 0, 0, 0);
        m_grid->setHorizontalSpacing(em / 2);
        m_grid->setVerticalSpacing(em / 3);
        m_grid->setColumnStretch(1, 1);
        m_grid->setColumnMinimumWidth(0, fontMetrics().horizontalAdvance(longestLabel));
    }

    QLabel* addRow(const QString& text, QWidget* widget)
    {
        auto* label = new QLabel(text);
        label->setProperty("role", QStringLiteral("muted"));
        label->setBuddy(widget);
        const int line = m_grid->rowCount();
        m_grid->addWidget(label, line, 0, Qt::AlignTop | Qt::AlignLeft);
        // the label's text stands on the line of the input's
        label->setContentsMargins(0, fontMetrics().height() / 4, 0, 0);
        m_grid->addWidget(widget, line, 1);
        return label;
    }
    void addWide(QWidget* widget) { m_grid->addWidget(widget, m_grid->rowCount(), 0, 1, 2); }

private:
    QGridLayout* m_grid;
};

} // namespace corscope
