#pragma once

#include "ui/paste/PasteReader.h"

#include <QPlainTextEdit>

namespace corscope {

/// Where a bug report is pasted or typed. Marks the pieces that were read. Files and text too large to be shown are handed
/// on instead.
class PasteEdit : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit PasteEdit(QWidget* parent = nullptr);

    void setMarks(const std::vector<PasteReading::Mark>& marks);
    static constexpr qsizetype mostShown = 300'000; ///< characters

Q_SIGNALS:
    void fileGiven(const QString& path);
    void largeTextGiven(const QString& text);

protected:
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void colour();

    std::vector<PasteReading::Mark> m_marks;
};

} // namespace corscope
